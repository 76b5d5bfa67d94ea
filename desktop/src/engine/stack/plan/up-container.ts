import type { ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { containerName, numberOf, temporaryName } from '../naming.ts';
import { namesContainers, namespacesOf, sharedWith } from '../shape.ts';
import { checkTranslation } from '../translate/limits.ts';
import { type Step, slotOf } from './step.ts';
import { addStep, isTargeted, replicas, type UpContext } from './up-context.ts';
import { planDependencyWait } from './up-waits.ts';

type Unless = NonNullable<Step['unless']>;

/** A new replica: create, then start once its dependencies are ready. */
export function planCreate(
  context: UpContext,
  service: ServiceModel,
  number: number,
  cause: string,
  after: readonly string[],
): void {
  const name = containerName(context.model.name, service, number);
  const slot = slotOf(service.name, number);
  checkOnce(context, service);
  const create = addStep(context, {
    id: `create:${name}`,
    kind: 'container.create',
    resource: name,
    service: service.name,
    cause,
    after: [...beforeCreate(context, service), ...after],
    task: { do: 'create', slot, number, name },
  });
  context.recreated.add(service.name);
  addMade(context, service, create);
  addStart(context, service, name, slot, cause, [create], undefined);
}

export function addMade(context: UpContext, service: ServiceModel, step: string): void {
  context.madeSteps.set(service.name, [...(context.madeSteps.get(service.name) ?? []), step]);
}

/** What the engine cannot do is told before anything begins, once for all replicas. */
export function checkOnce(context: UpContext, service: ServiceModel): void {
  if (context.recreated.has(service.name)) return;
  context.warnings.push(...checkTranslation(service, context.model, context.observed.apiVersion));
}

/** Create under a temporary name, then stop, remove, rename and start: the gap is stop + start only. */
export function planReplace(
  context: UpContext,
  service: ServiceModel,
  old: ContainerDetail,
  cause: string,
  after: readonly string[],
  unless?: Unless,
): void {
  const name = containerName(context.model.name, service, numberOf(old));
  const slot = slotOf(service.name, numberOf(old));
  context.slots.set(slot, old.id);
  checkOnce(context, service);
  context.recreated.add(service.name);
  const shared = { service: service.name, cause, ...(unless === undefined ? {} : { unless }) };
  const create = addStep(context, {
    ...shared,
    id: `create:${name}`,
    kind: 'container.create',
    resource: name,
    after: [...beforeCreate(context, service), ...after],
    task: {
      do: 'create',
      slot,
      number: numberOf(old),
      name: temporaryName(old, name),
      replaces: old,
      renewVolumes: context.action.renewAnonVolumes === true && isTargeted(context, service.name),
    },
  });
  const dependencies = startAfter(context, service);
  const paused = stopDependents(context, service, [create], unless);
  const gone = planSwap(context, service, old, [create, ...dependencies, ...paused], cause, unless);
  const rename = addStep(context, {
    ...shared,
    id: `rename:${name}`,
    kind: 'container.rename',
    resource: name,
    after: [gone],
    task: { do: 'rename', slot, name },
  });
  addMade(context, service, rename);
  // It was stopped where one of those changed that it depends on, even if its own image did not.
  const stop = context.steps.get(`stop:${old.name}`);
  addStart(context, service, name, slot, cause, [rename], stop?.unless);
}

/** Finishes a replacement that was cut off: the new container exists under its temporary name. */
export function planFinish(
  context: UpContext,
  service: ServiceModel,
  old: ContainerDetail | undefined,
  temporary: ContainerDetail,
  after: readonly string[],
): void {
  const cause = say`an earlier replacement was cut off`;
  const name = containerName(context.model.name, service, numberOf(temporary));
  const slot = slotOf(service.name, numberOf(temporary));
  context.recreated.add(service.name);
  const before = [...startAfter(context, service), ...stopDependents(context, service, after, undefined), ...after];
  const gone = old ? [planSwap(context, service, old, before, cause, undefined)] : before;
  const rename = addStep(context, {
    id: `rename:${name}`,
    kind: 'container.rename',
    resource: name,
    service: service.name,
    cause,
    after: gone,
    task: { do: 'rename', slot, container: temporary.id, name },
  });
  addMade(context, service, rename);
  addStart(context, service, name, slot, cause, [rename], undefined);
}

/** Starts a container that is as it should be but does not run. */
export function planStart(context: UpContext, service: ServiceModel, container: ContainerDetail): void {
  const slot = slotOf(service.name, numberOf(container));
  context.slots.set(slot, container.id);
  const stop = context.steps.get(`stop:${container.name}`);
  const parent = namespacesOf(service).find((name) => (context.startSteps.get(name) ?? []).length > 0);
  if (stop) {
    addStart(context, service, container.name, slot, stop.cause, [stop.id], stop.unless);
  } else if (container.paused) {
    context.warnings.push(say`${container.name} is paused and stays paused.`);
  } else if (container.running && parent !== undefined) {
    const cause = say`it shares a namespace with ${parent}, which starts anew`;
    const stopped = addStop(context, service.name, container, [], cause, undefined);
    addStart(context, service, container.name, slot, cause, [stopped], undefined);
  } else if (!container.running && !container.restarting) {
    addStart(context, service, container.name, slot, say`it does not run`, [], undefined);
  }
}

/** Stops and removes a container that is not wanted; returns the last step's id. */
export function planRemove(context: UpContext, service: string, container: ContainerDetail, cause: string): string[] {
  const after = container.running ? [addStop(context, service, container, [], cause, undefined)] : [];
  const id = addStep(context, {
    id: `remove:${container.name}`,
    kind: 'container.remove',
    resource: container.name,
    service,
    cause,
    after,
    task: { do: 'remove', container: container.id, volumes: false },
  });
  return [id];
}

function planSwap(
  context: UpContext,
  service: ServiceModel,
  old: ContainerDetail,
  after: readonly string[],
  cause: string,
  unless: Unless | undefined,
): string {
  const stopped = old.running ? [addStop(context, service.name, old, after, cause, unless, true)] : after;
  return addStep(context, {
    id: `remove:${old.name}`,
    kind: 'container.remove',
    resource: old.name,
    service: service.name,
    cause,
    after: [...new Set([...after, ...stopped])],
    task: { do: 'remove', container: old.id, volumes: false },
    ...(unless === undefined ? {} : { unless }),
  });
}

function addStop(
  context: UpContext,
  service: string,
  container: ContainerDetail,
  after: readonly string[],
  cause: string,
  unless: Unless | undefined,
  replaced = false,
): string {
  const id = `stop:${container.name}`;
  const known = context.steps.get(id);
  if (known) {
    const { unless: others, ...step } = known;
    return addStep(context, others && unless ? { ...step, unless: [...others, ...unless] } : step);
  }
  return addStep(context, {
    id,
    kind: 'container.stop',
    resource: container.name,
    service,
    cause,
    after,
    task: { do: 'stop', container: container.id, ...(replaced ? { replaced } : {}) },
    ...(unless === undefined ? {} : { unless }),
  });
}

/** Running dependents that asked for it (`restart: true`) stop before what they depend on is replaced. */
function stopDependents(
  context: UpContext,
  service: ServiceModel,
  after: readonly string[],
  unless: Unless | undefined,
): string[] {
  const cause = say`${service.name}, which it depends on, is replaced`;
  const followers = context.services.filter(({ depends_on: dependencies }) => dependencies?.[service.name]?.restart);
  return followers.flatMap(({ name }) =>
    replicas(context, name)
      .filter(({ running }) => running)
      .map((container) => addStop(context, name, container, after, cause, unless)),
  );
}

export function addStart(
  context: UpContext,
  service: ServiceModel,
  name: string,
  slot: string,
  cause: string,
  after: readonly string[],
  unless: Unless | undefined,
): void {
  const id = addStep(context, {
    id: `start:${name}`,
    kind: 'container.start',
    resource: name,
    service: service.name,
    cause,
    after: [...after, ...startAfter(context, service)],
    task: { do: 'start', slot },
    ...(unless === undefined ? {} : { unless }),
  });
  context.startSteps.set(service.name, [...(context.startSteps.get(service.name) ?? []), id]);
}

/** Steps after which the dependencies of a service are as its depends_on wants them. */
export function startAfter(context: UpContext, service: ServiceModel): string[] {
  return Object.entries(service.depends_on ?? {}).flatMap(([name, dependency]) => {
    if (!context.services.some((candidate) => candidate.name === name)) return [];
    if (dependency.condition === 'service_started') return context.startSteps.get(name) ?? [];
    return planDependencyWait(context, name, dependency);
  });
}

export function beforeCreate(context: UpContext, service: ServiceModel): string[] {
  const networks = Object.keys(service.networks ?? {}).flatMap((key) => context.networkSteps.get(key) ?? []);
  const volumes = (service.volumes ?? []).flatMap((mount) =>
    mount.source === undefined ? [] : (context.volumeSteps.get(mount.source) ?? []),
  );
  const parents = sharedWith(service).flatMap((name) => context.startSteps.get(name) ?? []);
  const named = namesContainers(service) ? Object.keys(service.depends_on ?? {}) : [];
  const made = named.flatMap((name) => context.madeSteps.get(name) ?? []);
  return [...new Set([...(context.imageSteps.get(service.name) ?? []), ...networks, ...volumes, ...parents, ...made])];
}
