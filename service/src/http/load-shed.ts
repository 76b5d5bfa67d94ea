import type { RequestHandler } from 'express';
import { HttpError } from './errors.ts';

export interface LoadShedOptions {
  /** Requests are refused while the event loop was later than this within the last second; milliseconds. */
  readonly maxDelayMs: number;
  /** Requests that may run at the same time. */
  readonly maxRunning: number;
}

export interface LoadShed {
  readonly handler: RequestHandler;
  readonly stop: () => void;
}

const tickMs = 100;
const memoryMs = 1000;

/** Refuses requests with 503 while the process cannot keep up, so that those it has taken are answered in time. */
export function createLoadShed({ maxDelayMs, maxRunning }: LoadShedOptions): LoadShed {
  let running = 0;
  let expected = performance.now() + tickMs;
  let lateUntil = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - expected > maxDelayMs) lateUntil = now + memoryMs;
    expected = now + tickMs;
  }, tickMs);
  timer.unref();
  const handler: RequestHandler = (_request, response, next) => {
    if (running >= maxRunning || performance.now() < lateUntil) {
      next(
        new HttpError(503, 'overloaded', 'The shop is very busy. Please try again in a moment.', {
          'retry-after': '1',
        }),
      );
      return;
    }
    running += 1;
    response.once('close', () => {
      running -= 1;
    });
    next();
  };
  return {
    handler,
    stop: () => {
      clearInterval(timer);
    },
  };
}
