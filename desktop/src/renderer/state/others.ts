import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Environment, OtherProject, Problem } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import { follow } from './follow.ts';

/** A project that is not of the open folder, as it was opened, or why it could not be. */
export interface OpenedOther {
  environment?: Environment;
  problem?: Problem;
}

export interface OthersSlice {
  /** Compose projects on the engine that are not of the open folder; absent until they were first told. */
  others?: readonly OtherProject[];
  opened: Readonly<Record<string, OpenedOther>>;
  /** Follows the list until the returned function is called. */
  watch(): () => void;
  /** Reads what stands for the environment of one of them, by id. */
  open(id: string): Promise<void>;
}

/** The other compose projects on the engine. */
export function createOthersStore(core: Core): StoreApi<OthersSlice> {
  return createStore<OthersSlice>((set) => ({
    opened: {},
    watch() {
      const life = new AbortController();
      void follow(
        core,
        {
          open: (signal) => core.client.project.watchOthers(undefined, { signal }),
          onItem(others) {
            set({ others });
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
    async open(id) {
      let found: OpenedOther;
      try {
        await core.connected(AbortSignal.timeout(30_000));
        found = { environment: await core.client.project.environment({ environment: id }) };
      } catch (error) {
        found = { problem: problemFrom(core, error) };
      }
      set(({ opened }) => ({ opened: { ...opened, [id]: found } }));
    },
  }));
}
