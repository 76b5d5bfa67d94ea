import { ChevronDown, ChevronUp } from 'lucide-react';
import { useCallback, useId } from 'react';
import { longestLogQuery, type Problem } from '#contract/index.ts';
import { liftConditions, textTerm } from '#kit/query-terms.ts';
import { Button, IconButton } from '#ui/button.tsx';
import { SearchBox } from '#ui/search-box.tsx';
import { t, told } from '#words/index.ts';
import { isSought, type LogView, wholeQuery } from './filter.ts';
import css from './logs-page.module.css';
import { Onward } from './onward.tsx';
import { useDraft } from './use-draft.ts';
import type { Steps } from './use-steps.ts';

export interface SearchLineProps {
  view: LogView;
  onChange: (view: LogView) => void;
  /** Why lines cannot be tested; nothing where they can. */
  check: (view: LogView) => Promise<Problem | undefined>;
  /** Why the filter in force was refused. */
  refused: Problem | undefined;
  /** How many lines match. */
  found: string;
  steps: Steps;
}

const tooLong: Problem = {
  code: 'USAGE',
  get message() {
    return t('logs:search.tooLong', { most: longestLogQuery });
  },
  get remedy() {
    return t('logs:search.tooLongRemedy');
  },
};

/** The search box, what is wrong with its text, and the way from match to match. */
export function SearchLine({ view, onChange, check, refused, found, steps }: SearchLineProps) {
  const problemId = useId();
  const checked = useCallback(
    async (query: string) => {
      const next = { ...view, query };
      return wholeQuery(next).length > longestLogQuery ? tooLong : check(next);
    },
    [view, check],
  );
  const settle = useCallback(
    (query: string) => {
      onChange({ ...view, query });
    },
    [view, onChange],
  );
  const { draft, setDraft, problem: own, setProblem } = useDraft(view.query, checked, settle);
  const problem = own ?? (draft === view.query ? refused : undefined);

  const lift = async (conditions: readonly string[], rest: string) => {
    const found = await checked(draft);
    setProblem(found);
    if (found !== undefined) return;
    setDraft(rest);
    onChange({ ...view, query: rest, conditions: [...new Set([...view.conditions, ...conditions])] });
  };
  const enter = (shift: boolean) => {
    const { conditions, rest } = liftConditions(draft);
    if (conditions.length > 0) void lift(conditions, rest);
    else steps.go(shift ? -1 : 1);
  };
  return (
    <>
      <SearchBox
        label={t('logs:search.label')}
        placeholder={t('logs:search.hint')}
        value={draft}
        onChange={setDraft}
        problemId={problem === undefined ? undefined : problemId}
        onEnter={enter}
      >
        <span className={css['matches']} role="status">
          {steps.said === '' ? found : steps.said}
        </span>
        <IconButton
          icon={ChevronUp}
          label={t('logs:search.previous')}
          disabled={!isSought(view)}
          onClick={() => {
            steps.go(-1);
          }}
        />
        <IconButton
          icon={ChevronDown}
          label={t('logs:search.next')}
          disabled={!isSought(view)}
          onClick={() => {
            steps.go(1);
          }}
        />
      </SearchBox>
      <Onward steps={steps} />
      {problem === undefined ? null : (
        <div className={css['mistake']} role="alert">
          <p id={problemId}>
            {told(problem.message)} {told(problem.remedy)}
          </p>
          {draft === '' ? null : (
            <Button
              look="quiet"
              onClick={() => {
                setDraft(textTerm(draft));
              }}
            >
              {t('logs:search.asText')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
