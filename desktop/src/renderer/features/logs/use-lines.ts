import { useMemo } from 'react';
import type { LogsState, LogsStore } from '#state/index.ts';
import type { Lines } from './find-line.ts';

/** The lines in the ring and those that will come behind them, each at the place that it will have. */
export function withAhead(ring: LogsStore['lines'], ahead: LogsState['ahead']): Lines {
  const { first, end } = ring;
  const begin = end + (ahead?.skipped ?? 0);
  return {
    first,
    end: begin + (ahead?.lines.length ?? 0),
    at: (position) => (position < end ? ring.at(position) : ahead?.lines[position - begin]),
  };
}

/** A new object for each change, so that what is shown of the lines is shown anew. */
export function useLines(store: LogsStore, { version, ahead }: Pick<LogsState, 'version' | 'ahead'>): Lines {
  return useMemo(() => ({ ...withAhead(store.lines, ahead), version }), [store, version, ahead]);
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
