import type { Release } from '#contract/index.ts';

/**
 * What a past release is good for: `current` runs now; `same` is another record of what runs now; `rollback` can be gone back
 * to, as far as its light allows; `again` is an older record of one that is listed already; `none` did not go well.
 */
export type ReleaseUse = 'current' | 'same' | 'rollback' | 'again' | 'none';

export interface ReleaseRow {
  release: Release;
  use: ReleaseUse;
}

/** Id of the release that a record stands for: a rollback brings back an earlier one. */
function originOf(byId: ReadonlyMap<string, Release>, release: Release): string {
  const target = byId.get(release.target ?? '');
  return target === undefined || target === release ? release.id : originOf(byId, target);
}

/** The list with what each of its records is good for, so that every release can be gone back to in one place only. */
export function releaseRows(releases: readonly Release[]): readonly ReleaseRow[] {
  const byId = new Map(releases.map((release) => [release.id, release]));
  const current = releases.find((release) => release.current);
  const running = current === undefined ? undefined : originOf(byId, current);
  const listed = new Set<string>();
  return releases.map((release): ReleaseRow => {
    if (release.current) return { release, use: 'current' };
    if (release.outcome !== 'done') return { release, use: 'none' };
    const origin = originOf(byId, release);
    if (origin === running) return { release, use: 'same' };
    const use = listed.has(origin) ? 'again' : 'rollback';
    listed.add(origin);
    return { release, use };
  });
}

/** How many releases can be gone back to now, and how many of them without the registry. */
export function readyCounts(rows: readonly ReleaseRow[]): { ready: number; offline: number } {
  const lights = rows.flatMap(({ use, release }) => (use === 'rollback' ? (release.readiness?.light ?? 'red') : []));
  return {
    ready: lights.filter((light) => light !== 'red').length,
    offline: lights.filter((light) => light === 'green').length,
  };
}
