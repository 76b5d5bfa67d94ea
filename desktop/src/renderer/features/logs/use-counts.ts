import { useEffect, useMemo, useState } from 'react';
import type { LogCounts } from '#contract/index.ts';
import type { LogsStore } from '#state/index.ts';
import { Counting } from './counting.ts';
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
  const counting = useMemo(
    () =>
      new Counting({
        async count(of) {
          const told = await store.getState().count(environment, JSON.parse(of) as ReturnType<typeof matchesOf>, bars);
          return 'found' in told ? told.found : undefined;
        },
        tell(of, found) {
          setCounts({ of, found });
        },
      }),
    [store, environment],
  );
  useEffect(() => {
    // Nothing is told before there is something: what is counted too early would stand until the next time.
    if (held > 0) counting.look(filter, pause);
    return () => {
      counting.rest();
    };
  }, [counting, filter, pause, held]);
  return counts?.of === filter ? counts.found : undefined;
}
