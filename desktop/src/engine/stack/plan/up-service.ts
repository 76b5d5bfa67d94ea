import type { ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { divergence } from '../diverge.ts';
import { label } from '../labels.ts';
import { numberOf } from '../naming.ts';
import { sharedWith } from '../shape.ts';
import { planCreate, planFinish, planRemove, planReplace, planStart } from './up-container.ts';
import { isTargeted, leftovers, mayChangeImage, replicas, type UpContext, wantedReplicas } from './up-context.ts';

/** Adds the steps that bring one service to what the files say; its dependencies have been planned before. */
export function planService(context: UpContext, service: ServiceModel): void {
  context.startSteps.set(service.name, []);
  const wanted = wantedReplicas(context, service);
  const temporary = leftovers(context, service.name);
  const existing = replicas(context, service.name)
    .map((container) => ({ container, cause: recreateCause(context, service, container) }))
    .sort(
      (a, b) =>
        Number(a.cause !== undefined) - Number(b.cause !== undefined) || numberOf(a.container) - numberOf(b.container),
    );

  existing.slice(wanted).forEach(({ container }) => {
    planRemove(context, service.name, container, `${String(wanted)} of ${String(existing.length)} replicas are wanted`);
  });
  for (const { container, cause } of existing.slice(0, wanted)) {
    converge(context, service, container, cause, temporary.get(numberOf(container)));
    temporary.delete(numberOf(container));
  }
  for (const container of temporary.values()) adoptOrRemove(context, service, container, existing.length < wanted);
  planMissing(context, service, existing, wanted, temporary);
}

function planMissing(
  context: UpContext,
  service: ServiceModel,
  existing: readonly { container: ContainerDetail }[],
  wanted: number,
  adopted: ReadonlyMap<number, ContainerDetail>,
): void {
  const usable = [...adopted.values()].filter((container) => isCurrent(context, service, container)).length;
  const numbers = [...existing.map(({ container }) => numberOf(container)), ...adopted.keys()];
  let next = Math.max(0, ...numbers) + 1;
  for (let count = Math.min(existing.length, wanted) + usable; count < wanted; count += 1) {
    const cause = wanted === 1 ? 'there is no container yet' : `replica ${count + 1} of ${wanted} is missing`;
    planCreate(context, service, next, cause);
    next += 1;
  }
}

function converge(
  context: UpContext,
  service: ServiceModel,
  container: ContainerDetail,
  cause: string | undefined,
  temporary: ContainerDetail | undefined,
): void {
  if (temporary && isCurrent(context, service, temporary)) {
    planFinish(context, service, container, temporary);
    return;
  }
  const removed = temporary
    ? planRemove(context, service.name, temporary, 'left over from a replacement that was cut off')
    : [];
  if (cause !== undefined) {
    planReplace(context, service, container, cause, removed);
  } else if (mayChangeImage(context, service) && context.action.noRecreate !== true) {
    const image = container.labels[label.image] ?? '';
    planReplace(context, service, container, 'the new image differs', removed, { service: service.name, image });
  } else {
    planStart(context, service, container);
  }
}

function adoptOrRemove(context: UpContext, service: ServiceModel, container: ContainerDetail, needed: boolean): void {
  if (needed && isCurrent(context, service, container)) planFinish(context, service, undefined, container);
  else planRemove(context, service.name, container, 'left over from a replacement that was cut off');
}

function isCurrent(context: UpContext, service: ServiceModel, container: ContainerDetail): boolean {
  return divergence(container, service, context.model, context.observed, context.networkIds) === undefined;
}

function recreateCause(context: UpContext, service: ServiceModel, container: ContainerDetail): string | undefined {
  const { action, model } = context;
  const targeted = isTargeted(context, service.name);
  if (targeted ? action.forceRecreate === true : action.alwaysRecreateDeps === true) return 'recreation was asked for';
  if (targeted && action.renewAnonVolumes === true) return 'new anonymous volumes were asked for';
  const parent = sharedWith(service).find((name) => context.recreated.has(name));
  if (parent !== undefined) return `it shares a namespace or volumes with ${parent}, which is recreated`;
  const rebuilt = Object.keys(service.networks ?? {}).find((key) => context.rebuiltNetworks.has(key));
  if (rebuilt !== undefined) return `network ${rebuilt} is made anew`;
  if (action.noRecreate === true) return undefined;
  return divergence(container, service, model, context.observed, context.networkIds);
}
