import { type EngineState, toProblem } from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import type { EngineLink } from './link.ts';

/** How often it is tried again to tell which engine is meant. */
const retryMs = 2000;

/** The link, or the state that says why there is none. */
export async function reach(link: () => Promise<EngineLink>): Promise<EngineLink | EngineState> {
  try {
    return await link();
  } catch (error) {
    return { state: 'failed', since: new Date().toISOString(), endpoint: '', source: '', problem: toProblem(error) };
  }
}

/** Yields how the panel stands to the engine, now and after each change. */
export async function* watchEngineState(
  link: () => Promise<EngineLink>,
  signal: AbortSignal,
): AsyncGenerator<EngineState> {
  const bell = createBell();
  let end = (): void => undefined;
  let told: EngineState | undefined;
  try {
    while (!signal.aborted) {
      const reached = await reach(link);
      end();
      end = 'watch' in reached ? reached.watch().onState(bell.ring) : every(retryMs, bell.ring);
      const state = 'watch' in reached ? reached.watch().state : reached;
      if (!same(told, state)) yield state;
      told = state;
      await bell.next(signal);
    }
  } finally {
    end();
  }
}

function same(a: EngineState | undefined, b: EngineState): boolean {
  return JSON.stringify({ ...a, since: '' }) === JSON.stringify({ ...b, since: '' });
}

/** Calls back every so many milliseconds; returns the function that ends it. */
export function every(ms: number, callback: () => void): () => void {
  const timer = setInterval(callback, ms);
  return () => {
    clearInterval(timer);
  };
}
