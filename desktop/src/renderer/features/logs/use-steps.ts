import { type RefObject, useCallback, useState } from 'react';
import type { LogLine } from '#contract/index.ts';
import type { LogsStore, StepFrom } from '#state/index.ts';
import { t, told } from '#words/index.ts';
import { isSought, type LogView, matchesOf } from './filter.ts';
import type { Lines } from './find-line.ts';
import type { ListHandle } from './use-active-row.ts';

/** The way from match to match, also to those that are not in the list yet. Begins at the active row, or with the newest. */
export function useSteps(
  store: LogsStore,
  environment: string,
  view: LogView,
  lines: Lines,
  list: RefObject<ListHandle | null>,
  jumpToLine: (line: LogLine) => void,
) {
  const [ended, setEnded] = useState({ of: view, say: (): string => '' });
  const go = useCallback(
    (step: 1 | -1) => {
      if (!isSought(view)) return;
      const active = list.current?.active();
      const line = active ?? lines.at(lines.end - 1);
      if (line === undefined) return;
      const from: StepFrom = active === undefined ? { line, step: -1, itself: true } : { line, step };
      const ask = async () => {
        const answer = await store.getState().next(environment, matchesOf(view), from);
        if ('problem' in answer) setEnded({ of: view, say: () => told(answer.problem.message) });
        else if (answer.found === undefined)
          setEnded({ of: view, say: () => t(step > 0 ? 'logs:search.noLater' : 'logs:search.noEarlier') });
        else {
          setEnded({ of: view, say: () => '' });
          jumpToLine(answer.found);
        }
      };
      void ask();
    },
    [store, environment, view, lines, list, jumpToLine],
  );
  return { go, said: ended.of === view ? ended.say() : '' };
}
