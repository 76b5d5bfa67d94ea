/** Counts attempts by key, such as an account or an address, in a sliding window. */
export interface Attempts {
  /** Counts one beforehand, so that many at once are counted too; the number of seconds to wait = one too many, not counted. */
  take(key: string): number | undefined;
  /** Takes back what a successful attempt counted, and all before it. */
  forgive(key: string): void;
}

const mostKeys = 10_000;

/** At most `max` attempts of each key within `windowMs`. `now` gives milliseconds that never go back. */
export function createAttempts(max: number, windowMs: number, now: () => number = () => performance.now()): Attempts {
  const byKey = new Map<string, number[]>();
  return {
    take(key) {
      const time = now();
      const recent = (byKey.get(key) ?? []).filter((at) => at > time - windowMs);
      const [oldest] = recent;
      if (oldest !== undefined && recent.length >= max) return Math.ceil((oldest + windowMs - time) / 1000);
      // The one that was used last stands last, so the first is the one that matters least.
      byKey.delete(key);
      byKey.set(key, [...recent, time]);
      const [first] = byKey.keys();
      if (byKey.size > mostKeys && first !== undefined) byKey.delete(first);
      return undefined;
    },
    forgive(key) {
      byKey.delete(key);
    },
  };
}
