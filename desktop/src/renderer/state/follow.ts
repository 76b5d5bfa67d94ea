import type { Problem } from '#contract/index.ts';
import { type Core, isOver, pause } from './core.ts';

export interface Feed<T> {
  open(signal: AbortSignal): Promise<AsyncIterable<T>>;
  /** Called each time the stream begins anew, before its first item. */
  onOpen?(): void;
  /** Answers whether more is wanted. */
  onItem(item: T): 'more' | 'enough';
  /** Answers whether it is worth asking again. */
  onProblem(problem: Problem): 'more' | 'enough';
}

const brokenPauseMs = 100;
const refusedPauseMs = 3_000;

/** Reads a stream of the core until `signal` aborts or the feed has enough, opening it again after every break. */
export async function follow<T>(core: Core, feed: Feed<T>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let pauseMs = brokenPauseMs;
    try {
      await core.connected(signal);
      const items = await feed.open(signal);
      feed.onOpen?.();
      for await (const item of items) {
        if (isOver(signal) || feed.onItem(item) === 'enough') return;
      }
    } catch (error) {
      if (isOver(signal)) return;
      const refusal = core.refusal(error);
      if (refusal !== undefined) {
        if (feed.onProblem(refusal) === 'enough') return;
        pauseMs = refusedPauseMs;
      }
    }
    await pause(pauseMs, signal);
  }
}
