import { type Action, QuaysideError } from '#contract/index.ts';
import { dependencyOrder, type Model, type ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import {
  imageName,
  isDoomed,
  isReplicaOf,
  isTemporary,
  wantedReplicas as replicasInFiles,
  serviceOf,
} from '../naming.ts';
import type { Observed } from '../observe.ts';
import { type Shape, shapeOfModel, withDependencies } from '../shape.ts';
import { changedNetworks } from './changed-networks.ts';
import type { Slot, Step } from './step.ts';

/** Everything that the parts of an `up` plan share while it is being made. */
export interface UpContext {
  readonly model: Model;
  readonly observed: Observed;
  readonly action: Action;
  readonly shape: Shape;
  /** Services to converge, dependencies before their dependents. */
  readonly services: readonly ServiceModel[];
  /** In order of planning, by id; see {@link addStep}. */
  readonly steps: Map<string, Step>;
  readonly slots: Map<Slot, string>;
  readonly warnings: string[];
  /** Ids of the networks that stay, by real name. */
  readonly networkIds: Map<string, string>;
  /** Keys of networks that are removed and made anew. */
  readonly rebuiltNetworks: Set<string>;
  /** Steps that have to be done before a container of the service can be created: its image and what it mounts. */
  readonly imageSteps: Map<string, string[]>;
  readonly networkSteps: Map<string, string>;
  readonly volumeSteps: Map<string, string>;
  /** Steps after which the new containers of the service exist under their names; empty where none is made. */
  readonly madeSteps: Map<string, string[]>;
  /** Start steps by service; empty where everything runs already. */
  readonly startSteps: Map<string, string[]>;
  /** Wait step by service, where one is in the plan. */
  readonly waitSteps: Map<string, string>;
  /** Services with at least one container that is replaced (or may be). */
  readonly recreated: Set<string>;
  /** Containers that go before anything is made anew in their place: the volume that they use is deleted. */
  readonly cleared: Set<string>;
}

export function upContext(model: Model, observed: Observed, action: Action): UpContext {
  const shape = shapeOfModel(model);
  checkScale(model, action);
  const selected = selectedServices(model, observed, action, shape);
  const services = dependencyOrder(model.services)
    .flat()
    .flatMap((name) => model.services.get(name) ?? [])
    .filter((service) => selected?.has(service.name) ?? true);
  return {
    model,
    observed,
    action,
    shape,
    services,
    steps: new Map(),
    slots: new Map(),
    warnings: [],
    networkIds: new Map(),
    rebuiltNetworks: new Set(),
    imageSteps: new Map(),
    networkSteps: new Map(),
    volumeSteps: new Map(),
    madeSteps: new Map(),
    startSteps: new Map(),
    waitSteps: new Map(),
    recreated: new Set(),
    cleared: new Set(),
  };
}

/** The services to converge; undefined = all. */
function selectedServices(
  model: Model,
  observed: Observed,
  action: Action,
  shape: Shape,
): ReadonlySet<string> | undefined {
  if (action.services.length === 0) return undefined;
  const named = action.noDeps === true ? new Set(action.services) : withDependencies(shape, action.services);
  const networks = changedNetworks(model, observed, named);
  const volumes = new Set(action.recreateVolumes);
  // Nobody can stay on a network that is made anew, or keep a volume that is.
  const along = [...model.services.values()].filter(
    (service) =>
      observed.containers.some((container) => serviceOf(container) === service.name) &&
      (Object.keys(service.networks ?? {}).some((key) => networks.has(key)) ||
        (service.volumes ?? []).some(({ source }) => volumes.has(model.volumes.get(source ?? '')?.name ?? ''))),
  );
  return new Set([...named, ...along.map(({ name }) => name)]);
}

function checkScale(model: Model, action: Action): void {
  for (const [name, count] of Object.entries(action.scale ?? {})) {
    const service = model.services.get(name);
    if (!service) {
      throw new QuaysideError('SERVICE_NOT_FOUND', say`There is no service named ${name} to scale.`, {
        remedy: say`Services of this project: ${[...model.services.keys()].join(', ')}.`,
      });
    }
    if (count < 2 || service.container_name === undefined) continue;
    throw new QuaysideError('USAGE', say`${name} cannot run ${count} times: it has a container_name of its own.`, {
      remedy: say`Remove container_name from the service; a name can belong to one container only.`,
    });
  }
}

/** Puts a step into the plan; returns its id. */
export function addStep(context: UpContext, step: Step): string {
  context.steps.set(step.id, step);
  return step.id;
}

/** True for a service that was named, or where none was. */
export function isTargeted({ action }: UpContext, service: string): boolean {
  return action.services.length === 0 || action.services.includes(service);
}

/** Replicas to run: what was asked for, else what the files say. */
export function wantedReplicas({ action }: UpContext, service: ServiceModel): number {
  return action.scale?.[service.name] ?? replicasInFiles(service);
}

/** Containers of a service that count as replicas. */
export function replicas(context: UpContext, service: string): ContainerDetail[] {
  return context.observed.containers.filter((c) => isReplicaOf(c, service) && !context.cleared.has(c.id));
}

/** Half-made replacements of a service. */
export function leftovers(context: UpContext, service: string): ContainerDetail[] {
  return context.observed.containers.filter(
    (c) => serviceOf(c) === service && isTemporary(c) && !isDoomed(c) && !context.cleared.has(c.id),
  );
}

/** Containers of a service whose removal has begun, or has failed. */
export function doomed(context: UpContext, service: string): ContainerDetail[] {
  return context.observed.containers.filter(
    (c) => serviceOf(c) === service && isDoomed(c) && !context.cleared.has(c.id),
  );
}

/** True where the plan may bring another image than the one that is here now. */
export function mayChangeImage(context: UpContext, service: ServiceModel): boolean {
  return (
    (context.imageSteps.get(service.name)?.length ?? 0) > 0 &&
    context.observed.images.has(imageName(context.model.name, service))
  );
}

/** Keys that the selected services use, each once. */
export function usedKeys(context: UpContext, keysOf: (service: ServiceModel) => readonly string[]): Set<string> {
  return new Set(context.services.flatMap((service) => keysOf(service)));
}
