import type { HealthChange } from '#contract/index.ts';

/** A stretch of time in one condition. */
export interface Stretch {
  readonly change: HealthChange;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Share of the whole, 0 to 1. */
  readonly share: number;
}

/** What is drawn narrower could not be seen or pointed at. */
const minShare = 0.01;

/** The stretches between the changes up to now, each at least so wide that it can be seen. */
export function stretchesOf(changes: readonly HealthChange[], now: number): Stretch[] {
  const times = changes.map(({ at }) => Date.parse(at));
  const end = Math.max(now, times.at(-1) ?? now);
  const whole = Math.max(1, end - (times[0] ?? end));
  const raw = changes.map((change, index) => {
    const from = times[index] ?? end;
    const to = times[index + 1] ?? end;
    return { change, from, to, share: Math.max(minShare, (to - from) / whole) };
  });
  const sum = raw.reduce((total, { share }) => total + share, 0);
  return raw.map((stretch) => ({ ...stretch, share: stretch.share / sum }));
}

/** Share of the time in which a service was well, 0 to 1; undefined where it was not watched for a while yet. */
export function wellShare(changes: readonly HealthChange[], now: number): number | undefined {
  const stretches = stretchesOf(changes, now);
  const [first] = stretches;
  if (first === undefined || now - first.from < 60_000) return undefined;
  const well = stretches
    .filter(({ change: { condition } }) => condition === 'healthy' || condition === 'running' || condition === 'done')
    .reduce((sum, { from, to }) => sum + to - from, 0);
  return well / (now - first.from);
}
