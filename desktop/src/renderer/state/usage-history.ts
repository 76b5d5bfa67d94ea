import type { ServiceUsage, StackUsage } from '#contract/index.ts';

/** A figure at a time, in milliseconds since the epoch; without one where it did not run, or nobody looked. */
export interface UsagePoint {
  at: number;
  value: number | undefined;
}

/** What one service used in the last minutes. */
export interface UsageHistory {
  /** What it uses now; absent where it does not run. */
  last: ServiceUsage | undefined;
  /** Cores that were busy. */
  cpu: readonly UsagePoint[];
  /** Bytes. */
  memory: readonly UsagePoint[];
}

/** How far it goes back, in milliseconds. */
export const usageHistoryMs = 300_000;
/** The slowest readings come every thirty seconds: what is farther apart was not looked at in between. */
const pauseMs = 45_000;

/** True where nobody looked between two readings. */
const isPause = (before: StackUsage, after: StackUsage): boolean =>
  Date.parse(after.at) - Date.parse(before.at) > Math.max(pauseMs, before.everySeconds * 1500);

/** Readings, oldest first, as the history of each service that ran at any of them. */
export function usageHistories(readings: readonly StackUsage[]): ReadonlyMap<string, UsageHistory> {
  const names = new Set(readings.flatMap(({ services }) => services.map(({ name }) => name)));
  const byReading = readings.map((reading) => new Map(reading.services.map((service) => [service.name, service])));
  const points = (valueOf: (reading: number) => number | undefined): UsagePoint[] =>
    readings.flatMap((reading, index) => {
      const at = Date.parse(reading.at);
      const before = readings[index - 1];
      const point = { at, value: valueOf(index) };
      return before !== undefined && isPause(before, reading) ? [{ at, value: undefined }, point] : [point];
    });
  return new Map(
    [...names].map((name) => [
      name,
      {
        last: byReading.at(-1)?.get(name),
        cpu: points((index) => byReading[index]?.get(name)?.cores),
        memory: points((index) => byReading[index]?.get(name)?.memory),
      },
    ]),
  );
}
