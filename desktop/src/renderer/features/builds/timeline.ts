import type { BuildStep } from '#contract/index.ts';

/** Where the bar of a step begins and how wide it is, as shares of the whole build, 0 to 1. */
export interface Bar {
  readonly from: number;
  readonly width: number;
}

/** What is drawn narrower could not be seen. */
const minWidth = 0.004;

/** Bars of the steps that ran, by id. A step that was cached or never began has none; one without an end reaches to `until`. */
export function barsOf(steps: readonly BuildStep[], until: number): ReadonlyMap<string, Bar> {
  const ran = steps.flatMap(({ id, cached, startedAt, completedAt }) => {
    if (cached || startedAt === undefined) return [];
    return [{ id, from: Date.parse(startedAt), to: completedAt === undefined ? until : Date.parse(completedAt) }];
  });
  const begin = Math.min(...ran.map(({ from }) => from));
  const whole = Math.max(1, Math.max(...ran.map(({ to }) => to)) - begin);
  return new Map(
    ran.map(({ id, from, to }) => {
      const width = Math.min(1, Math.max(minWidth, (to - from) / whole));
      return [id, { from: Math.min((from - begin) / whole, 1 - width), width }];
    }),
  );
}
