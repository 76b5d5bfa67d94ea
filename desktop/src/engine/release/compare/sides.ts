import { type Provenance, QuaysideError } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import type { Target } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';
import { currentOf } from '../history.ts';
import { locateRecorded } from '../images.ts';
import { imagesOf, releasedImages } from '../model-of.ts';
import { provenanceOf } from '../provenance.ts';
import type { ReleaseRecord, Story } from '../records/entries.ts';
import { decodeModel } from '../records/model-codec.ts';
import type { ReleaseDeps } from '../types.ts';

/** The image of one service on one side; `labels` where they can be had. */
export interface SideImage {
  readonly image: string;
  readonly digest?: string;
  /** Tells images apart where there is no digest. */
  readonly imageId?: string;
  readonly version?: string;
  readonly revision?: string;
}

/** One side of a comparison. */
export interface Side {
  /** Absent for what is only in the registry. */
  readonly record?: ReleaseRecord;
  readonly version: string;
  readonly provenance: Provenance;
  readonly model: Model;
  readonly images: ReadonlyMap<string, SideImage>;
}

/** The release that should run now. Throws RELEASE_NOT_FOUND. */
export async function currentSide(deps: ReleaseDeps, stories: readonly Story[]): Promise<Side> {
  const current = currentOf(stories);
  if (current) return recordedSide(deps, current);
  throw new QuaysideError('RELEASE_NOT_FOUND', say`No release runs that could be compared.`, {
    remedy: say`Deploy a version first, or name both sides.`,
  });
}

/** A recorded release by id or version, else a version in the registry with the files as they are. */
export async function namedSide(
  deps: ReleaseDeps,
  target: Target,
  stories: readonly Story[],
  name: string,
): Promise<Side> {
  const named = stories.filter(({ record }) => record.id === name || record.version === name);
  const story = named.findLast(({ end }) => end?.outcome === 'done') ?? named.at(-1);
  return story ? recordedSide(deps, story.record) : remoteSide(deps, target, name);
}

async function recordedSide(deps: ReleaseDeps, record: ReleaseRecord): Promise<Side> {
  const model = decodeModel(await deps.seal.open(record.model));
  const images = await Promise.all(
    record.images.map(async (recorded) => {
      const { found } = await locateRecorded(deps.gateway, recorded);
      const { service, image, digest, imageId } = recorded;
      const told = found ? provenanceOf(found.labels) : {};
      return [service, sideImage(image, told, { digest, imageId })] as const;
    }),
  );
  return { record, version: record.version, provenance: record.provenance, model, images: new Map(images) };
}

async function remoteSide(deps: ReleaseDeps, target: Target, version: string): Promise<Side> {
  const { model } = target;
  const released = model ? await releasedImages(deps.loadWith, target.environment, version) : new Map<string, string>();
  if (!model || released.size === 0) {
    throw new QuaysideError('RELEASE_NOT_FOUND', say`There is no release ${version}.`, {
      remedy: say`quayside releases lists the recorded ones by version and id.`,
    });
  }
  let provenance: Provenance = {};
  const images = new Map<string, SideImage>();
  for (const [service, named] of imagesOf(model)) {
    const image = released.get(service);
    if (image === undefined) {
      const found = await deps.gateway.images.find(named);
      images.set(service, sideImage(named, found ? provenanceOf(found.labels) : {}, { imageId: found?.id }));
      continue;
    }
    const digest = await deps.registry.digest(image);
    const facts = await deps.registry.facts(image, digest);
    const told = provenanceOf(facts.labels, facts.created);
    provenance = { ...told, ...provenance };
    images.set(service, sideImage(image, told, { digest }));
  }
  return { version, provenance, model, images };
}

function sideImage(
  image: string,
  { version, revision }: Provenance,
  { digest, imageId }: { digest?: string | undefined; imageId?: string | undefined },
): SideImage {
  const known = Object.entries({ version, revision, digest, imageId }).filter(([, value]) => value !== undefined);
  return { image, ...Object.fromEntries(known) };
}
