import type { PlanStep, StepKind } from '#contract/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';

/** A container is named by its slot (`service/number`) while a plan may still replace it, by its id otherwise. */
export type Slot = string;

/** What a step does. Pure data: the runner turns it into calls. */
export type Task =
  | { readonly do: 'pull'; readonly image: string; readonly tolerant: boolean }
  | { readonly do: 'build'; readonly onlyIfMissing: boolean; readonly noCache: boolean }
  | { readonly do: 'remove-image'; readonly image: string }
  /** `image`: id, or name by digest; the names then stand for it, whatever they stood for before. */
  | { readonly do: 'tag-image'; readonly image: string; readonly names: readonly string[] }
  | { readonly do: 'create-network'; readonly key: string }
  | {
      readonly do: 'remove-network';
      readonly id: string;
      /** Ids of containers that are taken off it first; others that are attached keep it. */
      readonly detach: readonly string[];
    }
  | { readonly do: 'create-volume'; readonly key: string }
  | { readonly do: 'remove-volume'; readonly name: string }
  | {
      readonly do: 'create';
      readonly slot: Slot;
      readonly number: number;
      readonly name: string;
      /** The container that this one replaces; its anonymous volumes are taken over unless `renewVolumes` says otherwise. */
      readonly replaces?: ContainerDetail;
      readonly renewVolumes?: boolean;
      /** The one that it replaces is kept, stopped, until the whole is known to be well; see {@link planSwap}. */
      readonly keeps?: boolean;
    }
  | { readonly do: 'start'; readonly slot: Slot }
  | {
      readonly do: 'stop';
      readonly container: string;
      readonly timeout?: number;
      /** Stopped because another takes its place: docker compose runs no pre_stop hooks then. */
      readonly replaced?: boolean;
    }
  | { readonly do: 'restart'; readonly container: string; readonly timeout?: number }
  | { readonly do: 'remove'; readonly container: string; readonly volumes: boolean }
  | { readonly do: 'rename'; readonly slot: Slot; readonly container?: string; readonly name: string }
  | { readonly do: 'wait'; readonly condition: WaitCondition; readonly optional: boolean };

/** `ready` = healthy, or running where there is no health command. */
export type WaitCondition = 'ready' | 'healthy' | 'completed';

export interface SameImage {
  readonly service: string;
  /** Id of the image that the container was made from. */
  readonly image: string;
}

export interface Step {
  readonly id: string;
  readonly kind: StepKind;
  readonly resource: string;
  readonly service?: string;
  readonly cause: string;
  readonly after: readonly string[];
  readonly task: Task;
  /** The step is left out when the images of all these services, once built or pulled, are those that their containers have. */
  readonly unless?: readonly SameImage[];
}

/** Existing containers by slot, which `start` and `wait` fall back to where nothing replaces them. */
export type Slots = ReadonlyMap<Slot, string>;

export interface StackPlan {
  readonly steps: readonly Step[];
  readonly slots: Slots;
  readonly warnings: readonly string[];
  /** Data volumes of the project that the plan leaves alone; only `down` says so. */
  readonly keeps?: readonly string[];
}

export function slotOf(service: string, number: number): Slot {
  return `${service}/${number}`;
}

/** The part of a step that people and tests see. */
export function toPlanStep(step: Step): PlanStep {
  return {
    id: step.id,
    kind: step.kind,
    resource: step.resource,
    ...(step.service === undefined ? {} : { service: step.service }),
    cause: step.cause,
    after: [...step.after],
  };
}
