import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BuildRecord, BuildSummary, Problem } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import { follow } from './follow.ts';

export interface BuildsEntry {
  /** Newest first; kept when the connection is lost. */
  list?: readonly BuildSummary[];
  problem?: Problem;
  /** Whole builds that were asked for, by id; a build that has ended changes no more. */
  records: Readonly<Record<string, BuildRecord | Problem>>;
}

export interface BuildsSlice {
  byEnvironment: Readonly<Record<string, BuildsEntry>>;
  /** Follows one environment until the returned function is called. */
  watch: (environment: string) => () => void;
  /** Reads a build whole, once. */
  read: (environment: string, id: string) => Promise<void>;
}

const empty: BuildsEntry = { records: {} };

/** The builds of each environment that have ended. */
export function createBuildsStore(core: Core): StoreApi<BuildsSlice> {
  return createStore<BuildsSlice>((set, get) => {
    const change = (environment: string, next: (entry: BuildsEntry) => BuildsEntry) => {
      set(({ byEnvironment }) => ({
        byEnvironment: { ...byEnvironment, [environment]: next(byEnvironment[environment] ?? empty) },
      }));
    };
    const keep = (environment: string, id: string, record: BuildRecord | Problem) => {
      change(environment, (entry) => ({ ...entry, records: { ...entry.records, [id]: record } }));
    };
    return {
      byEnvironment: {},
      watch(environment) {
        const life = new AbortController();
        void follow(
          core,
          {
            open: (signal) => core.client.builds.watch({ environment }, { signal }),
            onItem(list) {
              change(environment, ({ records }) => ({ list, records }));
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
      async read(environment, id) {
        const known = get().byEnvironment[environment]?.records[id];
        if (known !== undefined && 'steps' in known) return;
        try {
          keep(environment, id, await core.client.builds.get({ environment, id }));
        } catch (error) {
          keep(environment, id, problemFrom(core, error));
        }
      },
    };
  });
}
