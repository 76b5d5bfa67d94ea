import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { LogFilter } from '#contract/index.ts';
import type { LogsStore } from '#state/index.ts';
import { exactMs } from './exact-time.ts';
import { filterOf, type LogView, unfiltered } from './filter.ts';
import { type Lines, positionAt, positionOfSought, type Sought } from './find-line.ts';
import { timeOfKey } from './line-key.ts';
import type { ListHandle } from './use-active-row.ts';

/** Where the list goes as soon as the lines are there. */
type Goal = Sought | { ms: number };

function placeOf(lines: Lines, goal: Goal): number | undefined {
  if ('seq' in goal) return positionOfSought(lines, goal);
  const place = positionAt(lines, goal.ms);
  return place < lines.end ? place : undefined;
}

/** Keeps the lines of the view being read: from their end, or from around the time that it names. */
export function useReading(
  store: LogsStore,
  environment: string,
  view: LogView,
  onChange: (view: LogView) => void,
  list: RefObject<ListHandle | null>,
  lines: Lines,
) {
  /** A link to a line begins where that line is. */
  const [start, setStart] = useState(() => timeOfKey(view.line));
  const goal = useRef<Goal>(undefined);
  const begin = view.at ?? start;
  const filter = JSON.stringify(filterOf(view));

  useEffect(() => {
    if (begin !== undefined) goal.current ??= { ms: exactMs(begin) };
    return store.getState().open(environment, JSON.parse(filter) as LogFilter, begin);
  }, [store, environment, filter, begin]);

  useEffect(() => {
    if (goal.current === undefined || store.getState().loading) return;
    const place = placeOf(lines, goal.current);
    if (place === undefined) return;
    goal.current = undefined;
    queueMicrotask(() => list.current?.go(place));
  }, [store, lines, list]);

  const jump = useCallback(
    (at: string) => {
      goal.current = { ms: exactMs(at) };
      // What is here already is not read again.
      if (at === view.at) list.current?.go(placeOf(lines, goal.current) ?? lines.end - 1);
      else onChange({ ...view, at });
    },
    [view, onChange, list, lines],
  );
  const jumpToLine = useCallback(
    (line: Sought, unhidden = false) => {
      const place = positionOfSought(lines, line);
      if (place !== undefined) {
        list.current?.go(place);
        return;
      }
      goal.current = line;
      onChange({ ...(unhidden ? unfiltered(view) : view), at: line.time });
    },
    [view, onChange, list, lines],
  );
  const follow = useCallback(
    (following: boolean) => {
      store.getState().setFollowing(following);
      if (!following || begin === undefined) return;
      goal.current = undefined;
      setStart(undefined);
      onChange({ ...view, at: undefined });
    },
    [store, begin, view, onChange],
  );
  return { jump, jumpToLine, follow };
}
