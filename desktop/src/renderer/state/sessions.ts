import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem, SessionView } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';

export interface SessionsSlice {
  /** Who is in the panel now; own sessions for all, every one for an admin. */
  readonly sessions?: readonly SessionView[] | undefined;
  readonly problem?: Problem | undefined;
  readonly load: () => Promise<void>;
  /** Ends one; where it is the one of this page, the page is signed out. */
  readonly end: (id: string) => Promise<void>;
}

export function createSessionsStore(core: Core): StoreApi<SessionsSlice> {
  return createStore<SessionsSlice>((set, get) => ({
    async load() {
      try {
        set({ sessions: await core.client.sessions.list(), problem: undefined });
      } catch (error) {
        set({ problem: problemFrom(core, error) });
      }
    },
    async end(id) {
      try {
        await core.client.sessions.end({ id });
        await get().load();
      } catch (error) {
        set({ problem: problemFrom(core, error) });
      }
    },
  }));
}
