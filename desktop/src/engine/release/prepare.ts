import { randomBytes } from 'node:crypto';
import { type Action, type ImageTrust, type PlanRisk, QuaysideError, type ReleaseImage } from '#contract/index.ts';
import { whoami } from '#engine/actor.ts';
import type { Model } from '#engine/compose/index.ts';
import { readyCommand } from '#engine/health/index.ts';
import { observe, plannedRisks, planSwap, type StackPlan, type Target, toPlanStep } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';
import { chooseTarget, currentOf } from './history.ts';
import { keptName, locate, locateRecorded, targetOf, type Wanted } from './images.ts';
import { hashesOf, imagesOf, releasedImages } from './model-of.ts';
import { provenanceOf } from './provenance.ts';
import type { ReleaseRecord, Story } from './records/entries.ts';
import { decodeModel, encodeModel } from './records/model-codec.ts';
import { checkSchemas } from './schema-guard.ts';
import { demand, judge } from './trust/judge.ts';
import type { FullTarget, ReleaseDeps } from './types.ts';

/** What is going to be done, before anything is touched. */
export interface Prepared {
  readonly id: string;
  readonly version: string;
  readonly model: Model;
  readonly images: readonly Wanted[];
  readonly plan: StackPlan;
  readonly record: Pick<ReleaseRecord, 'cause' | 'target' | 'previous'>;
  readonly warnings: readonly string[];
  /** What the files ask of the machine; nothing for what ran before. */
  readonly risks: readonly PlanRisk[];
  /** How the images were built, by service, as far as it was verified; of a rollback, what was recorded. */
  readonly trust: Readonly<Record<string, ImageTrust>>;
}

/** Ids sort by time. */
export function newId(now = new Date()): string {
  const time = now.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return `${time}-${randomBytes(3).toString('hex')}`;
}

/** Resolves what is asked for to images by digest, and plans. Reads, and changes nothing. */
export async function prepare(
  deps: ReleaseDeps,
  target: Target,
  action: Action,
  stories: readonly Story[],
): Promise<Prepared> {
  const wish =
    action.verb === 'deploy'
      ? await wishOfDeploy(deps, target, action)
      : await wishOfRollback(deps, target, action, stories);
  // What cannot be asked later is refused before anything is touched.
  for (const { name, labels = {} } of wish.model.services.values()) readyCommand(name, labels);
  const id = newId();
  const observed = await observe(deps.gateway, target.project, wish.model);
  const names = namesFor(wish, id, target);
  const targets = new Map(wish.images.map((wanted) => [wanted.service, targetOf(wanted, names(wanted))]));
  const plan = planSwap(wish.model, observed, targets);
  const schema = await checkSchemas(deps.gateway, observed.containers, wish.images, action.acceptSchema === true);
  const previous = currentOf(stories)?.id;
  const { cause } = wish;
  const record = {
    cause,
    ...(wish.target === undefined ? {} : { target: wish.target }),
    ...(previous === undefined ? {} : { previous }),
  };
  return {
    id,
    version: wish.version,
    model: wish.model,
    images: wish.images,
    plan,
    record,
    warnings: [...wish.warnings, ...schema],
    trust: wish.trust,
    risks: cause === 'deploy' ? await plannedRisks(deps.consent, wish.model) : [],
  };
}

interface Wish {
  readonly version: string;
  readonly model: Model;
  readonly images: readonly Wanted[];
  readonly cause: 'deploy' | 'rollback';
  readonly target?: string;
  readonly trust: Readonly<Record<string, ImageTrust>>;
  readonly warnings: readonly string[];
}

/** The files as they are now, with the images of a version from the registry. A moving tag is looked at once, here. */
async function wishOfDeploy(deps: ReleaseDeps, target: Target, action: Action): Promise<Wish> {
  const { model } = withFiles(target);
  const { version = '', digests = {} } = action;
  const released =
    version === '' ? new Map<string, string>() : await releasedImages(deps.loadWith, target.environment, version);
  if (version !== '' && released.size === 0) {
    throw new QuaysideError(
      'RELEASE_UNAVAILABLE',
      say`No image in the compose files depends on VERSION, so a version means nothing.`,
      {
        remedy: say`Write image: name:\${VERSION}, or name the images by digest: --digest SERVICE=sha256:….`,
      },
    );
  }
  for (const service of Object.keys(digests)) {
    if (!model.services.has(service)) throw unknownService(service, model);
  }
  const images = await Promise.all(
    [...imagesOf(model)].map(async ([service, image]) => {
      const given = digests[service];
      const from = released.get(service);
      if (given !== undefined) return locate(deps.gateway, service, image, given);
      if (from === undefined) return locateUnreleased(deps, service, image);
      const digest = await deps.registry.digest(from);
      const wanted = await locate(deps.gateway, service, from, digest);
      return { ...wanted, image };
    }),
  );
  const { trust, warnings } = await trusted(deps, model.directory, images);
  return { version: version === '' ? say`by digest` : version, model, images, cause: 'deploy', trust, warnings };
}

/** Looks at what attests each image, before anything of it is pulled. Throws IMAGE_UNTRUSTED where the policy requires more. */
async function trusted(deps: ReleaseDeps, directory: string, images: readonly Wanted[]) {
  const policy = await deps.imagePolicy(directory);
  const trust: Record<string, ImageTrust> = {};
  for (const { service, image, digest } of images) {
    trust[service] = await judge(deps.registry, policy, { image, digest });
  }
  const judged = images.flatMap(({ service, image }) => {
    const found = trust[service];
    return found === undefined ? [] : [{ service, image, ...found }];
  });
  return { trust, warnings: demand(judged) };
}

/** An image that no version moves: what is here, else what its name stands for in the registry. */
async function locateUnreleased(deps: ReleaseDeps, service: string, image: string): Promise<Wanted> {
  const here = await locate(deps.gateway, service, image);
  if (here.found) return here;
  return locate(deps.gateway, service, image, await deps.registry.digest(image));
}

/** A release as it was recorded: its model, its environment, its images. Needs no registry while the images are here. */
async function wishOfRollback(
  deps: ReleaseDeps,
  target: Target,
  action: Action,
  stories: readonly Story[],
): Promise<Wish> {
  const chosen = chooseTarget(stories, action.release);
  const model = decodeModel(await deps.seal.open(chosen.model));
  const images = await Promise.all(chosen.images.map((image) => locateRecorded(deps.gateway, image)));
  return {
    version: chosen.version,
    model,
    images,
    cause: 'rollback',
    target: chosen.id,
    trust: chosen.trust ?? {},
    warnings: filesDiffer(target, chosen),
  };
}

/** docker compose goes by the files: where they differ from the release, its next `up` would change the stack again. */
function filesDiffer({ model }: Target, chosen: ReleaseRecord): string[] {
  if (!model) return [];
  const now = hashesOf(model, chosen.composeVersion);
  const names = new Set([...Object.keys(now), ...Object.keys(chosen.hashes)]);
  const differing = [...names].filter((name) => now[name] !== chosen.hashes[name]);
  if (differing.length === 0) return [];
  return [
    say`The compose files or their environment have changed since this release (${differing.join(', ')}): the next docker compose up would apply them.`,
  ];
}

/**
 * The names that stand for an image from then on: the one in the release's files and the one in today's, so that a later
 * `docker compose up -d` finds it under its name and does not roll forward, and the one that keeps it.
 */
function namesFor({ model }: Wish, id: string, target: Target): (wanted: Wanted) => string[] {
  const today = target.model ? imagesOf(target.model) : new Map<string, string>();
  const then = imagesOf(model);
  return ({ service }) => {
    const named = [then.get(service), today.get(service)].filter((name) => name !== undefined && !name.includes('@'));
    return [...new Set([...named, keptName(target.project, service, id)])].filter((name) => name !== undefined);
  };
}

/** The record as it is written before anything is touched; all images are here by then. */
export async function recordOf(
  deps: ReleaseDeps,
  target: Target,
  prepared: Prepared,
  images: readonly ReleaseImage[],
): Promise<ReleaseRecord> {
  const { id, version, model, plan } = prepared;
  const observed = await observe(deps.gateway, target.project, model);
  const composeVersion = await deps.composeVersion();
  const first = await deps.gateway.images.find(images[0]?.imageId ?? '');
  return {
    schema: 1,
    id,
    project: target.project,
    environment: target.environment,
    version,
    ...prepared.record,
    startedAt: new Date().toISOString(),
    ...whoami(),
    images: [...images],
    provenance: first ? provenanceOf(first.labels, first.created) : {},
    hashes: hashesOf(model, composeVersion),
    composeVersion,
    model: await deps.seal.seal(encodeModel(model)),
    plan: plan.steps.map(toPlanStep),
    trust: prepared.trust,
    ran: observed.containers.filter(({ running }) => running).map((container) => container.id),
    pointed: await standingFor(deps, plan),
  };
}

/** What the names that the plan points elsewhere stand for now. */
async function standingFor({ gateway }: ReleaseDeps, plan: StackPlan): Promise<Record<string, string | null>> {
  const names = plan.steps.flatMap(({ task }) => (task.do === 'tag-image' ? task.names : []));
  const found = await Promise.all(
    names.map(async (name) => [name, (await gateway.images.find(name))?.id ?? null] as const),
  );
  return Object.fromEntries(found);
}

function withFiles(target: Target): FullTarget {
  const { model } = target;
  if (model) return { ...target, model };
  throw new QuaysideError('PROJECT_NOT_FOUND', say`The compose files of ${target.project} cannot be read here.`, {
    remedy: say`Open the folder that it was started from.`,
  });
}

function unknownService(service: string, model: Model): QuaysideError {
  return new QuaysideError('SERVICE_NOT_FOUND', say`There is no service named ${service}.`, {
    remedy: say`Services of this project: ${[...model.services.keys()].join(', ')}.`,
  });
}
