import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DiagnosticsBundle, Problem } from '#contract/index.ts';
import { type Core, isOver, problemFrom } from './core.ts';

export interface DiagnosticsSlice {
  /** What was gathered last; it stays until other is gathered. */
  bundle?: DiagnosticsBundle | undefined;
  problem?: Problem | undefined;
  busy: boolean;
  /** Gathers anew; without an environment, what needs none. Returns the function that breaks it off. */
  collect: (environment: string | undefined, lines: number) => () => void;
}

/** What is handed to whoever helps. */
export function createDiagnosticsStore(core: Core): StoreApi<DiagnosticsSlice> {
  let last: AbortController | undefined;
  return createStore<DiagnosticsSlice>((set) => ({
    busy: false,
    collect(environment, lines) {
      const own = new AbortController();
      last?.abort();
      last = own;
      set({ busy: true, bundle: undefined, problem: undefined });
      const query = { lines, ...(environment === undefined ? {} : { environment }) };
      core.client.diagnostics.collect(query, { signal: own.signal }).then(
        (bundle) => {
          if (!isOver(own.signal)) set({ busy: false, bundle });
        },
        (error: unknown) => {
          if (!isOver(own.signal)) set({ busy: false, problem: problemFrom(core, error) });
        },
      );
      return () => {
        own.abort();
      };
    },
  }));
}
