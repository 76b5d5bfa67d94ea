import type { Model } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { label } from '../labels.ts';
import { isOneOff, isTemporary, numberOf, serviceOf } from '../naming.ts';
import type { Observed } from '../observe.ts';
import { shapeOfLabels } from '../shape.ts';
import { planStart } from './lifecycle.ts';
import { type StackPlan, type Step, slotOf } from './step.ts';
import { surplus } from './swap.ts';

/** Length of the id that {@link temporaryName} puts in front, with its underscore. */
const prefix = '0123456789ab_'.length;

/** Removes what a swap kept, and gives the new containers their names. `release` marks the new ones. Pure. */
export function planSettle(model: Model, observed: Observed, release: string): StackPlan {
  const steps: Step[] = [];
  const fresh = observed.containers.filter((c) => isTemporary(c) && isOf(c, release));
  for (const container of fresh) {
    const name = container.name.slice(prefix);
    const after = observed.containers
      .filter((old) => isOther(old, container) && !isOneOff(old))
      .map((old) => addRemove(steps, old, say`the new one is well`));
    steps.push({
      id: `rename:${name}`,
      kind: 'container.rename',
      resource: name,
      service: serviceOf(container),
      cause: say`the old one is gone`,
      after,
      task: { do: 'rename', slot: slotOf(serviceOf(container), numberOf(container)), container: container.id, name },
    });
  }
  for (const container of surplus(model, observed)) {
    if (!isOf(container, release)) addRemove(steps, container, say`the release does not have it`);
  }
  return { steps, slots: new Map(), warnings: [] };
}

/**
 * Undoes a swap, by what the labels tell: the new containers stop and go, and those that ran before start again in their
 * order. `ran`: ids of the containers that ran before it. Pure.
 */
export function planReturn(observed: Observed, release: string, ran: ReadonlySet<string>): StackPlan {
  const isFresh = (container: ContainerDetail): boolean => isOf(container, release) && !ran.has(container.id);
  const fresh = observed.containers.filter(isFresh);
  const before = observed.containers.filter(({ id }) => ran.has(id));
  const steps: Step[] = [];
  const stops = fresh
    .filter(({ running, restarting }) => running || restarting)
    .map((container) => addStop(steps, container, say`it did not get well`));
  // An engine that died while it started one may hold its port until it is removed.
  const gone = fresh.map((container) => addRemove(steps, container, say`it did not get well`, stops));
  const slots = before.length === 0 ? new Map<string, string>() : addStarts(steps, observed, before, gone);
  return { steps, slots, warnings: [] };
}

function addStarts(
  steps: Step[],
  observed: Observed,
  before: readonly ContainerDetail[],
  gone: readonly string[],
): Map<string, string> {
  const shape = shapeOfLabels(before);
  const plan = planStart(shape, { ...observed, containers: before }, { verb: 'start', services: [] });
  for (const step of plan.steps) steps.push({ ...step, cause: say`it ran before`, after: [...step.after, ...gone] });
  for (const service of shape.keys()) {
    steps.push({
      id: `well:${service}`,
      kind: 'service.wait',
      resource: service,
      service,
      cause: say`returned means healthy`,
      after: [...gone, ...plan.steps.filter((step) => step.service === service).map(({ id }) => id)],
      task: { do: 'wait', condition: 'ready', optional: false },
    });
  }
  return new Map(plan.slots);
}

function addStop(steps: Step[], container: ContainerDetail, cause: string): string {
  const id = `stop:${container.name}`;
  const task = { do: 'stop', container: container.id, replaced: true } as const;
  steps.push({
    id,
    kind: 'container.stop',
    resource: container.name,
    service: serviceOf(container),
    cause,
    after: [],
    task,
  });
  return id;
}

function addRemove(steps: Step[], container: ContainerDetail, cause: string, after: readonly string[] = []): string {
  const id = `remove:${container.name}`;
  const task = { do: 'remove', container: container.id, volumes: false } as const;
  const shared = { resource: container.name, service: serviceOf(container), cause };
  steps.push({ id, kind: 'container.remove', ...shared, after: [...after], task });
  return id;
}

const isOf = (container: ContainerDetail, release: string): boolean => container.labels[label.release] === release;

/** Another container in the same place. */
const isOther = (one: ContainerDetail, other: ContainerDetail): boolean =>
  one.id !== other.id && serviceOf(one) === serviceOf(other) && numberOf(one) === numberOf(other);
