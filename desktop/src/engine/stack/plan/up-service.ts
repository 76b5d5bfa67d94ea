import type { ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { divergence } from '../diverge.ts';
import { label } from '../labels.ts';
import { containerName, isTemporary, numberOf } from '../naming.ts';
import { sharedWith } from '../shape.ts';
import { planCreate, planFinish, planRemove, planReplace, planStart } from './up-container.ts';
import {
  doomed,
  isTargeted,
  leftovers,
  mayChangeImage,
  replicas,
  type UpContext,
  wantedReplicas,
} from './up-context.ts';

/** A container of a service, and why it cannot stay. */
interface Existing {
  readonly container: ContainerDetail;
  readonly cause: string | undefined;
  /** Replacements of it that were cut off. */
  readonly half: readonly ContainerDetail[];
}

const cutOff = say`left over from a replacement that was cut off`;

/** Adds the steps that bring one service to what the files say; its dependencies have been planned before. */
export function planService(context: UpContext, service: ServiceModel): void {
  context.startSteps.set(service.name, []);
  const wanted = wantedReplicas(context, service);
  const cleared = doomed(context, service.name).flatMap((container) =>
    planRemove(context, service.name, container, say`its removal has begun already`),
  );
  const existing = existingOf(context, service, cleared);
  for (const { container, half } of existing.slice(wanted)) {
    const cause = say`${String(wanted)} of ${String(existing.length)} replicas are wanted`;
    for (const unwanted of [container, ...half]) planRemove(context, service.name, unwanted, cause);
  }
  for (const each of existing.slice(0, wanted)) converge(context, service, each, cleared);
  planMissing(context, service, existing, wanted, cleared);
}

/** Those that can stay before those that cannot, low numbers before high ones. A replacement whose original is gone stands for it. */
function existingOf(context: UpContext, service: ServiceModel, removals: string[]): Existing[] {
  const halves = Map.groupBy(leftovers(context, service.name), numberOf);
  const standing = Map.groupBy(replicas(context, service.name), numberOf);
  const numbers = new Set([...standing.keys(), ...halves.keys()]);
  const existing = [...numbers].flatMap((number) => {
    const [container, ...others] = [...(standing.get(number) ?? []), ...(halves.get(number) ?? [])];
    if (!container) return [];
    const twins = others.filter((other) => !isTemporary(other));
    // A replacement that somebody renamed looks like a replica.
    for (const twin of twins)
      removals.push(...planRemove(context, service.name, twin, say`${container.name} has its number`));
    return [{ container, half: others.filter(isTemporary), cause: recreateCause(context, service, container) }];
  });
  return existing.sort(
    (a, b) =>
      Number(a.cause !== undefined) - Number(b.cause !== undefined) || numberOf(a.container) - numberOf(b.container),
  );
}

function planMissing(
  context: UpContext,
  service: ServiceModel,
  existing: readonly Existing[],
  wanted: number,
  after: readonly string[],
): void {
  let next = Math.max(0, ...existing.map(({ container }) => numberOf(container))) + 1;
  for (let count = existing.length; count < wanted; count += 1) {
    const cause = wanted === 1 ? say`there is no container yet` : say`replica ${count + 1} of ${wanted} is missing`;
    while (isNameTaken(context, service, next)) next += 1;
    planCreate(context, service, next, cause, after);
    next += 1;
  }
}

/** A container that somebody renamed may have the name that the next number would give. */
function isNameTaken(context: UpContext, service: ServiceModel, number: number): boolean {
  const name = containerName(context.model.name, service, number);
  const holder = context.observed.containers.find((container) => container.name === name);
  return holder !== undefined && service.container_name === undefined && !context.steps.has(`remove:${name}`);
}

function converge(
  context: UpContext,
  service: ServiceModel,
  { container, cause, half }: Existing,
  after: readonly string[],
): void {
  const mayChange = mayChangeImage(context, service) && context.action.noRecreate !== true;
  const usable = cause === undefined || mayChange ? undefined : half.find((each) => isUsable(context, service, each));
  const unusable = half.filter((each) => each !== usable);
  const removed = [...after, ...unusable.flatMap((each) => planRemove(context, service.name, each, cutOff))];
  if (usable) {
    planFinish(context, service, container, usable, removed);
  } else if (isTemporary(container)) {
    if (cause === undefined && !mayChange) planFinish(context, service, undefined, container, removed);
    else planReplace(context, service, container, cause ?? cutOff, removed);
  } else if (cause !== undefined) {
    planReplace(context, service, container, cause, removed);
  } else if (mayChange) {
    const image = container.labels[label.image] ?? '';
    planReplace(context, service, container, say`the new image differs`, removed, [{ service: service.name, image }]);
  } else {
    planStart(context, service, container);
  }
}

function isUsable(context: UpContext, service: ServiceModel, container: ContainerDetail): boolean {
  return recreateCause(context, service, container) === undefined;
}

function recreateCause(context: UpContext, service: ServiceModel, container: ContainerDetail): string | undefined {
  const { action, model } = context;
  const targeted = isTargeted(context, service.name);
  if (targeted ? action.forceRecreate === true : action.alwaysRecreateDeps === true)
    return say`recreation was asked for`;
  if (targeted && action.renewAnonVolumes === true) return say`new anonymous volumes were asked for`;
  const parent = sharedWith(service).find((name) => context.recreated.has(name));
  if (parent !== undefined) return say`it shares a namespace or volumes with ${parent}, which is recreated`;
  const rebuilt = Object.keys(service.networks ?? {}).find((key) => context.rebuiltNetworks.has(key));
  if (rebuilt !== undefined) return say`network ${rebuilt} is made anew`;
  if (action.noRecreate === true) return undefined;
  return divergence(container, service, model, context.observed, context.networkIds);
}
