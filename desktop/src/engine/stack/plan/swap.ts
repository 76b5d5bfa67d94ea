import { type Action, QuaysideError } from '#contract/index.ts';
import type { Model, ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail, ImageDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { divergence } from '../diverge.ts';
import { containerName, imageName, isOneOff, isTemporary, numberOf, serviceOf, temporaryName } from '../naming.ts';
import type { Observed } from '../observe.ts';
import { sharedWith } from '../shape.ts';
import { type StackPlan, slotOf } from './step.ts';
import { addMade, addStart, beforeCreate, checkOnce, planCreate, planStart, startAfter } from './up-container.ts';
import { addStep, replicas, type UpContext, upContext, wantedReplicas } from './up-context.ts';
import { planNetworks } from './up-networks.ts';
import { planVolumes } from './up-volumes.ts';
import { planFinalWaits } from './up-waits.ts';

/** The image that a service is to run, whatever the name in the files stands for now. */
export interface TargetImage {
  /** Id of an image that is here, or its name by digest where it has to be pulled. */
  readonly source: string;
  /** Absent where it is not on the engine yet. */
  readonly image?: ImageDetail;
  /** Every name that is to stand for it from then on, that of the files among them. */
  readonly names: readonly string[];
}

const upAction: Action = { verb: 'up', services: [] };

/**
 * From what runs to a model with given images, so that the way back stays open: everything is pulled, named and created
 * before anything stops, and what is replaced is kept, stopped, until `planSettle` removes it or `planReturn`
 * starts it again. Services that can run two at once are started before the old one stops. Pure.
 */
export function planSwap(model: Model, observed: Observed, targets: ReadonlyMap<string, TargetImage>): StackPlan {
  const context = upContext(model, withTargets(model, observed, targets), upAction);
  planTargets(context, targets);
  planNetworks(context);
  refuseNewNetworks(context);
  planVolumes(context);
  const swaps = context.services.flatMap((service) => planService(context, service));
  // Nothing stops before everything that comes in its place exists.
  const prepared = [...context.steps.values()].filter(({ task }) => task.do === 'create').map(({ id }) => id);
  for (const swap of swaps) planSwapOf(context, swap, prepared);
  stopOthers(context, prepared);
  planFinalWaits(context);
  return { steps: [...context.steps.values()], slots: context.slots, warnings: context.warnings };
}

/** What is on the engine, with the names of the files standing for the target images already. */
function withTargets(model: Model, observed: Observed, targets: ReadonlyMap<string, TargetImage>): Observed {
  const images = new Map(observed.images);
  for (const [name, target] of targets) {
    const service = model.services.get(name);
    if (!service) continue;
    const reference = imageName(model.name, service);
    const unknown = {
      id: target.source,
      tags: [],
      digests: [],
      labels: {},
      volumes: [],
      os: '',
      arch: '',
      size: 0,
      created: '',
    };
    images.set(reference, target.image ?? unknown);
  }
  return { ...observed, images };
}

function planTargets(context: UpContext, targets: ReadonlyMap<string, TargetImage>): void {
  for (const service of context.services) {
    const target = targets.get(service.name);
    if (!target) continue;
    const pulled = target.image ? [] : [planPull(context, service, target.source)];
    const id = `tag:${service.name}`;
    addStep(context, {
      id,
      kind: 'image.tag',
      resource: imageName(context.model.name, service),
      service: service.name,
      cause: say`stands for ${target.image?.id ?? target.source}`,
      after: pulled,
      task: { do: 'tag-image', image: target.source, names: target.names },
    });
    context.imageSteps.set(service.name, [id]);
  }
}

function planPull(context: UpContext, service: ServiceModel, image: string): string {
  return addStep(context, {
    id: `pull:${image}`,
    kind: 'image.pull',
    resource: image,
    service: service.name,
    cause: say`the image is not on this engine`,
    after: [],
    task: { do: 'pull', image, tolerant: false },
  });
}

function refuseNewNetworks(context: UpContext): void {
  const [key] = context.rebuiltNetworks;
  if (key === undefined) return;
  throw new QuaysideError('RELEASE_UNAVAILABLE', say`Network ${key} is not what this release needs.`, {
    remedy: say`What runs now could not be brought back. Apply the changes with Start (docker compose up -d) first.`,
    details: { network: key },
  });
}

interface Swap {
  readonly service: ServiceModel;
  readonly old: ContainerDetail;
  readonly create: string;
}

/** Adds what one service needs before anything stops; returns what is to be swapped then. */
function planService(context: UpContext, service: ServiceModel): Swap[] {
  context.startSteps.set(service.name, []);
  const existing = replicas(context, service.name).sort((a, b) => numberOf(a) - numberOf(b));
  const wanted = wantedReplicas(context, service);
  const swaps: Swap[] = [];
  for (const old of existing.slice(0, wanted)) {
    const cause = swapCause(context, service, old);
    if (cause === undefined) planStart(context, service, old);
    else swaps.push({ service, old, create: planReplacement(context, service, old, cause) });
  }
  const numbers = Math.max(0, ...existing.map(numberOf));
  for (let count = existing.length; count < wanted; count += 1)
    planCreate(context, service, numbers + 1 + count - existing.length, say`there is no container yet`, []);
  return swaps;
}

function swapCause(context: UpContext, service: ServiceModel, old: ContainerDetail): string | undefined {
  const parent = sharedWith(service).find((name) => context.recreated.has(name));
  if (parent !== undefined) return say`it shares a namespace or volumes with ${parent}, which is replaced`;
  return divergence(old, service, context.model, context.observed, context.networkIds);
}

function planReplacement(context: UpContext, service: ServiceModel, old: ContainerDetail, cause: string): string {
  const name = containerName(context.model.name, service, numberOf(old));
  const slot = slotOf(service.name, numberOf(old));
  context.slots.set(slot, old.id);
  checkOnce(context, service);
  context.recreated.add(service.name);
  const create = addStep(context, {
    id: `create:${name}`,
    kind: 'container.create',
    resource: name,
    service: service.name,
    cause,
    after: beforeCreate(context, service),
    task: { do: 'create', slot, number: numberOf(old), name: temporaryName(old, name), replaces: old, keeps: true },
  });
  addMade(context, service, create);
  return create;
}

function planSwapOf(context: UpContext, { service, old, create }: Swap, prepared: readonly string[]): void {
  const name = containerName(context.model.name, service, numberOf(old));
  const slot = slotOf(service.name, numberOf(old));
  const cause = context.steps.get(create)?.cause ?? '';
  const ready = [...prepared, ...startAfter(context, service)];
  if (runsTwice(service)) {
    addStart(context, service, name, slot, cause, ready, undefined);
    if (!old.running) return;
    const wait = addStep(context, {
      id: `wait:${name}`,
      kind: 'service.wait',
      resource: service.name,
      service: service.name,
      cause: say`the old one stops when the new one is ready`,
      after: [`start:${name}`],
      task: { do: 'wait', condition: 'ready', optional: false },
    });
    addStop(context, service.name, old, [wait], cause);
    return;
  }
  const stopped = old.running ? [addStop(context, service.name, old, ready, cause)] : [];
  addStart(context, service, name, slot, cause, [...ready, ...stopped], undefined);
}

function addStop(
  context: UpContext,
  service: string,
  old: ContainerDetail,
  after: readonly string[],
  cause: string,
): string {
  return addStep(context, {
    id: `stop:${old.name}`,
    kind: 'container.stop',
    resource: old.name,
    service,
    cause,
    after: [...new Set(after)],
    task: { do: 'stop', container: old.id, replaced: true },
  });
}

/** Replicas too many and services that the release lacks stop, and are kept until it is known to be well. */
function stopOthers(context: UpContext, prepared: readonly string[]): void {
  for (const container of surplus(context.model, context.observed)) {
    if (!container.running) continue;
    addStop(context, serviceOf(container), container, prepared, say`the release does not have it`);
  }
}

/** Containers of the project that a model has no place for: services it lacks, and replicas beyond those wanted. */
export function surplus(model: Model, observed: Observed): ContainerDetail[] {
  const context = upContext(model, observed, upAction);
  const own = observed.containers.filter((container) => !isOneOff(container) && !isTemporary(container));
  const lacking = own.filter((container) => {
    const name = serviceOf(container);
    return !model.services.has(name) && !model.disabled.includes(name);
  });
  const beyond = context.services.flatMap((service) =>
    replicas(context, service.name)
      .sort((a, b) => numberOf(a) - numberOf(b))
      .slice(wantedReplicas(context, service)),
  );
  return [...lacking, ...beyond];
}

/** Whether two containers of a service can run at once: nothing that only one can have, and no data that two would write. */
export function runsTwice(service: ServiceModel): boolean {
  const fixedPort = (service.ports ?? []).some(
    ({ published }) => published !== undefined && published !== '' && published !== '0',
  );
  const alone =
    service.container_name !== undefined || sharedWith(service).length > 0 || service.network_mode !== undefined;
  const fixedAddress = Object.values(service.networks ?? {}).some(
    (attachment) => attachment?.ipv4_address !== undefined || attachment?.ipv6_address !== undefined,
  );
  const writes = (service.volumes ?? []).some(({ type, read_only: readOnly }) => type !== 'tmpfs' && readOnly !== true);
  return !fixedPort && !alone && !fixedAddress && !writes;
}
