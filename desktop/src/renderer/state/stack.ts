import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LastWords, Problem, StackState } from '#contract/index.ts';
import type { Core } from './core.ts';
import { follow } from './follow.ts';

export interface StackEntry {
  /** The last observation; kept when the connection or the engine is lost. */
  stack?: StackState;
  /** Why there is no newer one. */
  problem?: Problem;
}

export interface StackSlice {
  byEnvironment: Readonly<Record<string, StackEntry>>;
  /** Follows one environment until the returned function is called. */
  watch(environment: string): () => void;
  /** What a service printed last; undefined where it cannot be told now. */
  lastWords: (environment: string, service: string) => Promise<LastWords | undefined>;
}

/** The state of each environment's stack, fed by the core. */
export function createStackStore(core: Core): StoreApi<StackSlice> {
  return createStore<StackSlice>((set) => {
    const change = (environment: string, next: (entry: StackEntry) => StackEntry) => {
      set(({ byEnvironment }) => ({
        byEnvironment: { ...byEnvironment, [environment]: next(byEnvironment[environment] ?? {}) },
      }));
    };
    return {
      byEnvironment: {},
      watch(environment) {
        const life = new AbortController();
        void follow(
          core,
          {
            open: (signal) => core.client.stack.watch({ environment }, { signal }),
            onItem(stack) {
              change(environment, () => ({ stack }));
              return 'more';
            },
            onProblem(problem) {
              change(environment, (entry) => ({ ...entry, problem }));
              return 'more';
            },
          },
          life.signal,
        );
        return () => {
          life.abort();
        };
      },
      lastWords: (environment, service) => core.client.stack.lastWords({ environment, service }).catch(() => undefined),
    };
  });
}
