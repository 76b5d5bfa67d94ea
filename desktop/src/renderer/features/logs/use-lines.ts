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
