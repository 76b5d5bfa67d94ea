import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HealthState, Problem } from '#contract/index.ts';
import type { Core } from './core.ts';
import { follow } from './follow.ts';

export interface HealthEntry {
  /** The last that was told; kept when the connection is lost. */
  health?: HealthState;
  problem?: Problem;
}

export interface HealthSlice {
  byEnvironment: Readonly<Record<string, HealthEntry>>;
  /** Follows one environment until the returned function is called. */
  watch: (environment: string) => () => void;
}

/** The health of each environment's services with its past. */
export function createHealthStore(core: Core): StoreApi<HealthSlice> {
  return createStore<HealthSlice>((set) => ({
    byEnvironment: {},
    watch(environment) {
      const life = new AbortController();
      const change = (next: (entry: HealthEntry) => HealthEntry) => {
        set(({ byEnvironment }) => ({
          byEnvironment: { ...byEnvironment, [environment]: next(byEnvironment[environment] ?? {}) },
        }));
      };
      void follow(
        core,
        {
          open: (signal) => core.client.health.watch({ environment }, { signal }),
          onItem(health) {
            change(() => ({ health }));
            return 'more';
          },
          onProblem(problem) {
            change((entry) => ({ ...entry, problem }));
            return 'more';
          },
        },
        life.signal,
      );
      return () => {
        life.abort();
      };
    },
  }));
}
