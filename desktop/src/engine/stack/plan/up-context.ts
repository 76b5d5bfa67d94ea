import type { Action } from '#contract/index.ts';
import { dependencyOrder, type Model, type ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { imageName, isOneOff, isTemporary, numberOf, serviceOf } from '../naming.ts';
import type { Observed } from '../observe.ts';
import { type Shape, shapeOfModel, withDependencies } from '../shape.ts';
import type { Slot, Step } from './step.ts';

/** Everything that the parts of an `up` plan share while it is being made. */
export interface UpContext {
  readonly model: Model;
  readonly observed: Observed;
  readonly action: Action;
  readonly shape: Shape;
  /** Services to converge, dependencies before their dependents. */
  readonly services: readonly ServiceModel[];
  readonly steps: Step[];
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
  /** Start steps by service; empty where everything runs already. */
  readonly startSteps: Map<string, string[]>;
  /** Wait step by service, where one is in the plan. */
  readonly waitSteps: Map<string, string>;
  /** Services with at least one container that is replaced (or may be). */
  readonly recreated: Set<string>;
}

export function upContext(model: Model, observed: Observed, action: Action): UpContext {
  const shape = shapeOfModel(model);
  const selected = action.services.length === 0 ? undefined : withDependencies(shape, action.services);
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
    steps: [],
    slots: new Map(),
    warnings: [],
    networkIds: new Map(),
    rebuiltNetworks: new Set(),
    imageSteps: new Map(),
    networkSteps: new Map(),
    volumeSteps: new Map(),
    startSteps: new Map(),
    waitSteps: new Map(),
    recreated: new Set(),
  };
}

/** Containers of a service that count as replicas: no one-offs, no half-made replacements. */
export function replicas(context: UpContext, service: string): ContainerDetail[] {
  return context.observed.containers.filter((c) => serviceOf(c) === service && !isOneOff(c) && !isTemporary(c));
}

/** Half-made replacements of a service, by replica number. */
export function leftovers(context: UpContext, service: string): Map<number, ContainerDetail> {
  const found = context.observed.containers.filter((c) => serviceOf(c) === service && isTemporary(c));
  return new Map(found.map((container) => [numberOf(container), container]));
}

/** True where the plan may bring another image than the one that is here now. */
export function mayChangeImage(context: UpContext, service: ServiceModel): boolean {
  return (
    (context.imageSteps.get(service.name)?.length ?? 0) > 0 &&
    context.observed.images.has(imageName(context.model.name, service))
  );
}
