import type { LogCounts } from '#contract/index.ts';

/** A bar of the strip; heights are shares of the highest. */
export interface Bar {
  at: number;
  lines: number;
  errors: number;
  height: number;
  badHeight: number;
}

/** Least height of what is not nothing. */
const least = 0.06;

/** The bars for counts over time; steps without lines have none. A single error can be seen beside many lines. */
export function barsOf({ filled }: Pick<LogCounts, 'filled'>): Bar[] {
  const sums = filled.map(({ at, levels }) => ({
    at,
    lines: Object.values(levels).reduce((sum, count) => sum + count, 0),
    errors: levels.error + levels.fatal,
  }));
  const most = Math.max(1, ...sums.map(({ lines }) => lines));
  const share = (count: number): number => (count === 0 ? 0 : Math.max(least, count / most));
  return sums.map((sum) => ({ ...sum, height: share(sum.lines), badHeight: share(sum.errors) }));
}
