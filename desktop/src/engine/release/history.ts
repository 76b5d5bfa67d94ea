import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { ReleaseRecord, Story } from './records/entries.ts';

/** The release that should run now: the last one that was proved. */
export function currentOf(stories: readonly Story[]): ReleaseRecord | undefined {
  return stories.findLast(({ end, record }) => end?.outcome === 'done' || (record.cause === 'first' && end))?.record;
}

/** The release that a record stands for: a rollback brings back an earlier one. */
export function originOf(stories: readonly Story[], record: ReleaseRecord): ReleaseRecord {
  const target = stories.find((story) => story.record.id === record.target)?.record;
  return target && target !== record ? originOf(stories, target) : record;
}

/**
 * The release to go back to: the one named by id or version, else the last good one before what runs now. Throws
 * RELEASE_NOT_FOUND.
 */
export function chooseTarget(stories: readonly Story[], wanted: string | undefined): ReleaseRecord {
  const good = stories.filter(({ end, record }) => end?.outcome === 'done' && record.cause !== 'rollback');
  if (wanted !== undefined) {
    const found = good.findLast(({ record }) => record.id === wanted || record.version === wanted);
    const byId = found ?? stories.find(({ record, end }) => record.id === wanted && end?.outcome === 'done');
    if (byId) return originOf(stories, byId.record);
    throw new QuaysideError('RELEASE_NOT_FOUND', say`There is no release ${wanted} that went well.`, {
      remedy: say`Releases to go back to: ${good.map(({ record }) => record.version).join(', ') || 'none'}.`,
    });
  }
  const current = currentOf(stories);
  const origin = current && originOf(stories, current);
  const place = good.findIndex(({ record }) => record.id === origin?.id);
  const before = place > 0 ? good[place - 1] : undefined;
  if (before) return before.record;
  throw new QuaysideError('RELEASE_NOT_FOUND', say`There is no earlier release to go back to.`, {
    remedy: say`Deploy a version first; from then on every release is kept.`,
  });
}
