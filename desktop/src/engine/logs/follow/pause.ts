/** Growing pauses between attempts, which news can cut short. */
export interface Pause {
  /** Waits 0.1, 0.3, 1, 3, then 5 seconds, each with up to a quarter more. */
  growing(): Promise<void>;
  untilWoken(): Promise<void>;
  wake(): void;
  /** Something went well: the next pause is a short one again. */
  reset(): void;
}

const STEPS_MS = [100, 300, 1000, 3000, 5000];
const JITTER = 0.25;

/** All pauses end when `signal` aborts. */
export function createPause(signal: AbortSignal): Pause {
  let attempt = 0;
  let ring: (() => void) | undefined;
  signal.addEventListener('abort', () => ring?.(), { once: true });

  const rest = (ms: number | undefined): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const timer = ms === undefined ? undefined : setTimeout(() => ring?.(), ms);
      ring = () => {
        clearTimeout(timer);
        ring = undefined;
        resolve();
      };
    });

  return {
    growing() {
      const step = STEPS_MS[Math.min(attempt, STEPS_MS.length - 1)] ?? 0;
      attempt += 1;
      return rest(step * (1 + Math.random() * JITTER));
    },
    untilWoken: () => rest(undefined),
    wake: () => ring?.(),
    reset() {
      attempt = 0;
    },
  };
}
