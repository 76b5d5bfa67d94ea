import type { Versions } from './area.ts';

const numbers = (version: string): number[] => version.split(/[.-]/).slice(0, 3).map(Number);

/** Whether `version` is `from` or newer. */
export function atLeast(version: string, from: string): boolean {
  const [left, right] = [numbers(version), numbers(from)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

export const within = (version: string, { since, until }: Versions): boolean =>
  (since === undefined || atLeast(version, since)) && (until === undefined || !atLeast(version, until));

/** A range of versions in words. */
export function showVersions({ since, until }: Versions): string {
  if (since === undefined) return until === undefined ? 'all versions' : `before ${until}`;
  return until === undefined ? `from ${since} on` : `from ${since}, before ${until}`;
}
