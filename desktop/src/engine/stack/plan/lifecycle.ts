import { type Action, QuaysideError } from '#contract/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { isOneOff, numberOf, serviceOf } from '../naming.ts';
import type { Observed } from '../observe.ts';
import { dependents, type Shape } from '../shape.ts';
import { type StackPlan, type Step, slotOf, type WaitCondition } from './step.ts';

/** Stop: dependents before what they depend on. */
export function planStop(shape: Shape, observed: Observed, action: Action): StackPlan {
  const steps: Step[] = [];
  const targets = targeted(shape, observed, action);
  const byService = new Map<string, string[]>();
  for (const service of reverseOrder(shape, observed)) {
    const after = dependents(shape, service).flatMap((name) => byService.get(name) ?? []);
    const running = targets.filter((c) => serviceOf(c) === service && (c.running || c.restarting || c.paused));
    byService.set(
      service,
      running.map((container) => addStop(steps, container, action, after, say`a stop was asked for`)),
    );
  }
  return { steps, slots: new Map(), warnings: [] };
}

/** Start existing containers in dependency order; nothing is created or changed. */
export function planStart(shape: Shape, observed: Observed, action: Action): StackPlan {
  const steps: Step[] = [];
  const slots = new Map<string, string>();
  const targets = targeted(shape, observed, action);
  if (targets.length === 0) throw nothingThere('start');
  const starts = new Map<string, string[]>();
  for (const service of reverseOrder(shape, observed).reverse()) {
    const after = dependencyReady(shape, service, steps, starts);
    const ids: string[] = [];
    for (const container of targets.filter((candidate) => serviceOf(candidate) === service)) {
      const slot = slotOf(service, numberOf(container));
      slots.set(slot, container.id);
      if (container.running || container.restarting) continue;
      const id = `start:${container.name}`;
      steps.push({
        id,
        kind: 'container.start',
        resource: container.name,
        service,
        cause: say`a start was asked for`,
        after,
        task: { do: 'start', slot },
      });
      ids.push(id);
    }
    starts.set(service, ids);
  }
  return { steps, slots, warnings: [] };
}

/** Restart containers as they are: changes in the files are not applied. */
export function planRestart(shape: Shape, observed: Observed, action: Action): StackPlan {
  const steps: Step[] = [];
  const slots = new Map<string, string>();
  const targets = targeted(shape, observed, action, (service) => followers(shape, service));
  if (targets.length === 0) throw nothingThere('restart');
  const restarts = new Map<string, string[]>();
  for (const service of reverseOrder(shape, observed).reverse()) {
    const after = dependencyReady(shape, service, steps, restarts);
    const ids: string[] = [];
    for (const container of targets.filter((candidate) => serviceOf(candidate) === service)) {
      slots.set(slotOf(service, numberOf(container)), container.id);
      const id = `restart:${container.name}`;
      const task = { do: 'restart', container: container.id, ...timeoutOf(action) } as const;
      steps.push({
        id,
        kind: 'container.restart',
        resource: container.name,
        service,
        cause: say`a restart was asked for`,
        after,
        task,
      });
      ids.push(id);
    }
    restarts.set(service, ids);
  }
  return { steps, slots, warnings: [] };
}

/** Stop and remove containers, then networks; volumes and images only when they are named. */
export function planDown(shape: Shape, observed: Observed, action: Action, images: readonly string[]): StackPlan {
  const steps: Step[] = [];
  const known = observed.containers.filter(
    (c) => shape.has(serviceOf(c)) || action.removeOrphans === true || isOneOff(c),
  );
  const removed = new Map<string, string[]>();
  for (const service of reverseOrder(shape, observed)) {
    const after = dependents(shape, service).flatMap((name) => removed.get(name) ?? []);
    const ids = known
      .filter((container) => serviceOf(container) === service)
      .map((container) => addRemove(steps, container, action, after));
    removed.set(service, ids);
  }
  const gone = [...removed.values()].flat();
  addNetworksAndVolumes(steps, observed, action, gone);
  addImages(steps, images, gone);
  const keeps = observed.volumes.map(({ name }) => name).filter((name) => action.volumes?.includes(name) !== true);
  return { steps, slots: new Map(), warnings: downWarnings(observed, known.length, keeps), keeps };
}

function addRemove(steps: Step[], container: ContainerDetail, action: Action, after: readonly string[]): string {
  const cause = say`the stack is taken down`;
  const active = container.running || container.restarting || container.paused;
  const stop = active ? [addStop(steps, container, action, after, cause)] : after;
  const id = `remove:${container.name}`;
  const task = { do: 'remove', container: container.id, volumes: false } as const;
  steps.push({
    id,
    kind: 'container.remove',
    resource: container.name,
    service: serviceOf(container),
    cause,
    after: [...stop],
    task,
  });
  return id;
}

function addNetworksAndVolumes(steps: Step[], observed: Observed, action: Action, after: readonly string[]): void {
  for (const network of observed.networks) {
    steps.push({
      id: `network-remove:${network.name}`,
      kind: 'network.remove',
      resource: network.name,
      cause: say`the stack is taken down`,
      after,
      task: { do: 'remove-network', id: network.id, detach: [] },
    });
  }
  for (const name of action.volumes ?? []) {
    if (!observed.volumes.some((volume) => volume.name === name)) {
      throw new QuaysideError('USAGE', say`There is no volume named ${name} in this project.`, {
        remedy: say`Volumes of this project: ${observed.volumes.map((volume) => volume.name).join(', ') || 'none'}.`,
      });
    }
    steps.push({
      id: `volume-remove:${name}`,
      kind: 'volume.remove',
      resource: name,
      cause: say`its removal was asked for by name; its data is deleted`,
      after,
      task: { do: 'remove-volume', name },
    });
  }
}

function addImages(steps: Step[], images: readonly string[], after: readonly string[]): void {
  for (const image of images) {
    steps.push({
      id: `image-remove:${image}`,
      kind: 'image.remove',
      resource: image,
      cause: say`the removal of images was asked for`,
      after,
      task: { do: 'remove-image', image },
    });
  }
}

function downWarnings(observed: Observed, removed: number, keeps: readonly string[]): string[] {
  const warnings: string[] = [];
  if (removed < observed.containers.length)
    warnings.push(say`Containers of services that the files no longer name are left alone.`);
  if (keeps.length > 0) warnings.push(say`Data is kept: ${keeps.join(', ')}.`);
  return warnings;
}

function addStop(
  steps: Step[],
  container: ContainerDetail,
  action: Action,
  after: readonly string[],
  cause: string,
): string {
  const id = `stop:${container.name}`;
  const task = { do: 'stop', container: container.id, ...timeoutOf(action) } as const;
  steps.push({
    id,
    kind: 'container.stop',
    resource: container.name,
    service: serviceOf(container),
    cause,
    after,
    task,
  });
  return id;
}

function timeoutOf(action: Action): { timeout?: number } {
  return action.timeout === undefined ? {} : { timeout: action.timeout };
}

function targeted(
  shape: Shape,
  observed: Observed,
  action: Action,
  expand: (service: string) => readonly string[] = () => [],
): ContainerDetail[] {
  for (const service of action.services) {
    if (shape.has(service) || observed.containers.some((container) => serviceOf(container) === service)) continue;
    throw new QuaysideError('SERVICE_NOT_FOUND', say`There is no service named ${service}.`, {
      remedy: say`Services of this project: ${[...shape.keys()].join(', ') || 'none'}.`,
    });
  }
  const wanted = new Set(action.services.flatMap((service) => [service, ...expand(service)]));
  return observed.containers.filter((container) => {
    if (isOneOff(container)) return false;
    return wanted.size === 0 || wanted.has(serviceOf(container));
  });
}

/** Services that asked to be restarted along (`restart: true`). */
function followers(shape: Shape, service: string): string[] {
  return [...shape].filter(([, dependencies]) => dependencies[service]?.restart === true).map(([name]) => name);
}

/** Steps after which the dependencies of a service are as it needs them, adding waits where a condition asks for it. */
function dependencyReady(
  shape: Shape,
  service: string,
  steps: Step[],
  starts: ReadonlyMap<string, string[]>,
): string[] {
  return Object.entries(shape.get(service) ?? {}).flatMap(([name, dependency]) => {
    const started = starts.get(name) ?? [];
    if (started.length === 0 || dependency.condition === 'service_started') return started;
    const id = `wait:${name}`;
    if (steps.some((step) => step.id === id)) return [id];
    const condition: WaitCondition = dependency.condition === 'service_healthy' ? 'healthy' : 'completed';
    const cause = say`${service} depends on it`;
    const task = { do: 'wait', condition, optional: !dependency.required } as const;
    steps.push({ id, kind: 'service.wait', resource: name, service: name, cause, after: started, task });
    return [id];
  });
}

/** All services, known or only running, dependents first. */
function reverseOrder(shape: Shape, observed: Observed): string[] {
  const ordered = new Set<string>();
  const visit = (service: string): void => {
    if (ordered.has(service)) return;
    for (const dependent of dependents(shape, service)) visit(dependent);
    ordered.add(service);
  };
  for (const service of shape.keys()) visit(service);
  for (const container of observed.containers) ordered.add(serviceOf(container));
  return [...ordered];
}

function nothingThere(verb: string): QuaysideError {
  return new QuaysideError(
    'SERVICE_NOT_FOUND',
    say`There is nothing to ${verb}: no container of this project exists.`,
    {
      remedy: say`Use up (the Start button) to create the containers first.`,
    },
  );
}
