import type { Provenance, ReleaseComparison } from '#contract/index.ts';
import type { Target } from '#engine/stack/index.ts';
import { originOf } from '../history.ts';
import type { Story } from '../records/entries.ts';
import type { ReleaseDeps } from '../types.ts';
import { differingSettings, differingVariables } from './differences.ts';
import { currentSide, namedSide, type Side, type SideImage } from './sides.ts';

/** What going from one release to another changes. Reads only, and asks the registry only for what is not recorded. */
export async function compareReleases(
  deps: ReleaseDeps,
  target: Target,
  stories: readonly Story[],
  wanted: { readonly from: string | undefined; readonly to: string },
): Promise<ReleaseComparison> {
  const from =
    wanted.from === undefined ? await currentSide(deps, stories) : await namedSide(deps, target, stories, wanted.from);
  const to = await namedSide(deps, target, stories, wanted.to);
  const [old, next] = [from, to].map(({ images }) => [...images.keys()]);
  return {
    from: shown(from),
    to: shown(to),
    services: {
      added: (next ?? []).filter((service) => !from.images.has(service)),
      removed: (old ?? []).filter((service) => !to.images.has(service)),
    },
    images: differingImages(from.images, to.images),
    variables: differingVariables(from.model, to.model),
    settings: differingSettings(from.model, to.model),
    commits: commitsBetween(stories, from, to),
  };
}

function shown({ record, version, provenance }: Side): ReleaseComparison['from'] {
  return { ...(record ? { id: record.id } : {}), version, provenance };
}

function differingImages(
  from: ReadonlyMap<string, SideImage>,
  to: ReadonlyMap<string, SideImage>,
): ReleaseComparison['images'] {
  const services = [...new Set([...from.keys(), ...to.keys()])];
  return services.flatMap((service) => {
    const [old, next] = [from.get(service), to.get(service)];
    if (old && next && same(old, next)) return [];
    return [{ service, ...(old ? { from: facts(old) } : {}), ...(next ? { to: facts(next) } : {}) }];
  });
}

function same(one: SideImage, other: SideImage): boolean {
  if (one.imageId !== undefined && other.imageId !== undefined) return one.imageId === other.imageId;
  return one.digest !== undefined && one.digest === other.digest;
}

function facts({ imageId, ...told }: SideImage): Omit<SideImage, 'imageId'> {
  return told.digest === undefined && imageId !== undefined ? { ...told, digest: imageId } : told;
}

/** Commits of the recorded releases from one to the other, newest first; of each the first line. */
function commitsBetween(stories: readonly Story[], from: Side, to: Side): ReleaseComparison['commits'] {
  const good = stories.filter(({ end, record }) => end?.outcome === 'done' && record.cause !== 'rollback');
  const placeOf = ({ record }: Side): number => {
    if (!record) return good.length;
    const { id } = originOf(stories, record);
    const place = good.findIndex((story) => story.record.id === id);
    return place === -1 ? good.length : place;
  };
  const [start, stop] = [placeOf(from), placeOf(to)];
  const between = good
    .slice(Math.min(start, stop) + 1, Math.max(start, stop) + 1)
    .map(({ record }) => record.provenance);
  const ahead = start < stop;
  const behind = start > stop;
  const own = (side: Side): Provenance[] =>
    good.some(({ record }) => record === side.record) ? [] : [side.provenance];
  const commits = [...between, ...(ahead ? own(to) : behind ? own(from) : [])].reverse();
  const told = commits.filter(({ subject, revision }) => subject !== undefined || revision !== undefined);
  return { gained: ahead ? told : [], lost: behind ? told : [] };
}
