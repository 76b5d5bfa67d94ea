import type { EventHub } from './context.ts';

/** Lets a waiter sleep until there is something to look at. */
export interface Wake {
  /** Resolves on the next event of one of the containers, when events may have been missed, after `ms`, or on abort. */
  next(signal: AbortSignal, ms: number): Promise<void>;
  close(): void;
}

/** Subscribes at once, so that what happens between a look and the next sleep is not missed. */
export function createWake(hub: EventHub, ids: readonly string[]): Wake {
  let ring: (() => void) | undefined;
  let rung = false;
  const close = hub.subscribe((item) => {
    if (item.kind === 'event' && !ids.includes(item.event.id)) return;
    rung = true;
    ring?.();
  });
  return {
    close,
    async next(signal, ms) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, ms);
          function done(): void {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          }
          ring = done;
          signal.addEventListener('abort', done, { once: true });
        });
        ring = undefined;
      }
      rung = false;
    },
  };
}
