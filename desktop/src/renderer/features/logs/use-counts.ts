import { useEffect, useRef, useState } from 'react';
import type { LogCounts } from '#contract/index.ts';
import type { LogsStore } from '#state/index.ts';
import { isSought, type LogView, matchesOf } from './filter.ts';

const bars = 120;
const quickMs = 2000;
/** Counts for which the text of all lines is looked at. */
const slowMs = 10_000;

/** How many lines match over time; counted anew when the view changes, and now and then while lines come. */
export function useCounts(store: LogsStore, environment: string, view: LogView, held: number): LogCounts | undefined {
  const [counts, setCounts] = useState<{ of: string; found: LogCounts }>();
  const filter = JSON.stringify(matchesOf(view));
  const pause = isSought(view) ? slowMs : quickMs;
  const last = useRef({ filter: '', at: 0 });
  useEffect(() => {
    let over = false;
    const wait = last.current.filter === filter ? Math.max(0, last.current.at + pause - Date.now()) : 0;
    const count = async () => {
      last.current = { filter, at: Date.now() };
      const told = await store.getState().count(environment, JSON.parse(filter) as ReturnType<typeof matchesOf>, bars);
      if (!over && 'found' in told) setCounts({ of: filter, found: told.found });
    };
    const timer = setTimeout(() => {
      void count();
    }, wait);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [store, environment, filter, pause, held]);
  return counts?.of === filter ? counts.found : undefined;
}
