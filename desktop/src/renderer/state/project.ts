import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem, Project } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';

export interface ProjectSlice {
  project?: Project;
  /** Why the project could not be read at all. */
  problem?: Problem | undefined;
  loading: boolean;
  load: () => Promise<void>;
}

/** The open project and its environments, read anew on each `load`. */
export function createProjectStore(core: Core): StoreApi<ProjectSlice> {
  return createStore<ProjectSlice>((set) => ({
    loading: false,
    async load() {
      set({ loading: true });
      try {
        await core.connected(AbortSignal.timeout(30_000));
        set({ project: await core.client.project.get(), problem: undefined });
      } catch (error) {
        set({ problem: problemFrom(core, error) });
      } finally {
        set({ loading: false });
      }
    },
  }));
}
