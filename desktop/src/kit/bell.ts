/** Something may have changed: rings are remembered until the next wait, so that none is missed in between. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at the next ring (at once where there was one since the last wait), or when the signal aborts. */
  readonly next: (signal: AbortSignal) => Promise<void>;
}

interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async next(signal) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = () => {
            signal.removeEventListener('abort', resolve);
            resolve();
          };
          signal.addEventListener('abort', resolve);
        });
        wake = undefined;
      }
      rung = false;
    },
  };
}
