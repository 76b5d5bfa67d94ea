/** Counts failed attempts in a sliding window. It never holds up a caller that presents a valid secret. */
export interface FailureLimit {
  /** Notes one failure; true = too many, answer 429. */
  failed(): boolean;
}

/** More than `max` failures within `windowMs` are too many. `now` gives milliseconds that never go back. */
export function createFailureLimit(
  max: number,
  windowMs: number,
  now: () => number = () => performance.now(),
): FailureLimit {
  const failures: number[] = [];
  return {
    failed() {
      const time = now();
      while (failures.length > 0 && (failures[0] ?? time) <= time - windowMs) failures.shift();
      if (failures.length >= max) return true;
      failures.push(time);
      return false;
    },
  };
}
