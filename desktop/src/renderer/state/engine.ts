import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineState } from '#contract/index.ts';
import type { Core } from './core.ts';
import { follow } from './follow.ts';

export interface EngineSlice {
  engine?: EngineState;
  /** Follows the engine's state until the returned function is called. */
  watch(): () => void;
}

/** How the core stands to the Docker Engine. */
export function createEngineStore(core: Core): StoreApi<EngineSlice> {
  return createStore<EngineSlice>((set) => ({
    watch() {
      const life = new AbortController();
      void follow(
        core,
        {
          open: (signal) => core.client.engine.watch(undefined, { signal }),
          onItem(engine) {
            set({ engine });
            return 'more';
          },
          onProblem: () => 'more',
        },
        life.signal,
      );
      return () => {
        life.abort();
      };
    },
  }));
}
