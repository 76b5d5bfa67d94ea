import { useMemo } from 'react';
import type { LogsStore } from '#state/index.ts';
import type { Lines } from './find-line.ts';

/** The lines in the ring: a new object for each change of it, so that what is shown of them is shown anew. */
export function useLines(store: LogsStore, version: number): Lines {
  return useMemo(
    () => ({
      first: store.lines.first,
      end: store.lines.end,
      at: (position: number) => store.lines.at(position),
      version,
    }),
    [store, version],
  );
}

/** The same for what need not keep up with the lines: a new object now and then, through which the ring is seen as it is. */
export function useLinesNow(store: LogsStore, version: number): Lines {
  return useMemo(
    () => ({
      get first() {
        return store.lines.first;
      },
      get end() {
        return store.lines.end;
      },
      at: (position: number) => store.lines.at(position),
      version,
    }),
    [store, version],
  );
}
