import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { LogLine } from '#contract/index.ts';
import type { LogsStore, StepFrom } from '#state/index.ts';
import { t, told } from '#words/index.ts';
import { isSought, type LogView, matchesOf } from './filter.ts';
import type { Lines } from './find-line.ts';
import { lineKey } from './line-key.ts';
import type { ListHandle } from './use-active-row.ts';

/** A step that takes longer is told of. */
const longMs = 500;

interface Ended {
  /** Of which filter the step was. */
  readonly of: string;
  readonly say?: () => string;
  /** It has ended without a match although there may be one further on: where the next one goes on. */
  readonly onward?: StepFrom & { readonly lookedUntil: string };
}

interface Running {
  readonly step: 1 | -1;
  readonly life: AbortController;
}

/** A step that is under way. It ends with Escape, with another filter, and with the page. */
function useRunning(of: string) {
  const running = useRef<Running>(undefined);
  const [long, setLong] = useState(false);
  const cancel = useCallback(() => {
    running.current?.life.abort();
    running.current = undefined;
    setLong(false);
  }, []);
  useEffect(() => cancel, [of, cancel]);

  /** Lets a step in the same direction go on; ends one in the other. */
  const run = useCallback(
    async (step: 1 | -1, ask: (signal: AbortSignal) => Promise<() => void>) => {
      if (running.current?.step === step) return;
      cancel();
      const own = { step, life: new AbortController() };
      const { signal } = own.life;
      running.current = own;
      const timer = setTimeout(() => {
        setLong(running.current === own);
      }, longMs);
      const onKeyDown = (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        // It ends nothing else: neither the text in the search box nor what stands beside the lines.
        event.preventDefault();
        event.stopPropagation();
        cancel();
      };
      document.addEventListener('keydown', onKeyDown, { capture: true, signal });
      const end = await ask(signal);
      clearTimeout(timer);
      if (running.current !== own) return;
      cancel();
      end();
    },
    [cancel],
  );
  return { long, run, cancel };
}

const isSame = (one: LogLine | undefined, other: LogLine): boolean =>
  one !== undefined && lineKey(one) === lineKey(other);

export type Steps = ReturnType<typeof useSteps>;

/** The way from match to match, also to those that are not in the list yet. Begins at the active row, or with the newest. */
export function useSteps(
  store: LogsStore,
  environment: string,
  view: LogView,
  lines: Lines,
  list: RefObject<ListHandle | null>,
  jumpToLine: (line: LogLine) => void,
) {
  const filter = matchesOf(view);
  const of = JSON.stringify([environment, filter]);
  const [last, setLast] = useState<Ended>();
  const { long, run, cancel } = useRunning(of);
  const ended = last?.of === of ? last : undefined;

  const follow = (from: StepFrom) =>
    run(from.step, async (signal) => {
      const answer = await store.getState().next(environment, filter, from, signal);
      return () => {
        if ('problem' in answer) {
          setLast({ of, say: () => told(answer.problem.message) });
          return;
        }
        const { line, lookedUntil } = answer.found;
        if (line !== undefined) {
          setLast(undefined);
          jumpToLine(line);
        } else if (lookedUntil === undefined)
          setLast({ of, say: () => t(from.step > 0 ? 'logs:search.noLater' : 'logs:search.noEarlier') });
        else setLast({ of, onward: { ...from, lookedUntil } });
      };
    });
  const go = (step: 1 | -1) => {
    const active = list.current?.active();
    const newest = lines.at(lines.end - 1);
    if (!isSought(view)) return;
    const from: StepFrom = active === undefined ? { line: newest, step: -1, itself: true } : { line: active, step };
    const onward = ended?.onward;
    const same = onward?.step === from.step && (active === undefined || isSame(onward.line, active));
    void follow(same ? onward : from);
  };
  /** Where no line passes the filter: looks for the last that does in what is older than the lines held. */
  const goOlder = () => {
    void follow(ended?.onward ?? { step: -1, itself: true });
  };
  const goOn = () => {
    if (ended?.onward !== undefined) void follow(ended.onward);
  };
  return { go, goOn, goOlder, cancel, searching: long, onward: ended?.onward, said: ended?.say?.() ?? '' };
}
