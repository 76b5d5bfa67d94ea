import type { Action, Problem, Release } from '#contract/index.ts';
import type { OperationEnd, OperationEntry, OperationView } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { OutputBlock } from '#ui/output-block.tsx';
import { t, told } from '#words/index.ts';
import { LockBanner } from './lock-banner.tsx';
import { doingWords, holderOf, outcomeWords, outputsOf } from './outcome-words.ts';
import { commandOf } from './plan-words.ts';
import { ProgressCard } from './progress-card.tsx';
import css from './releases-page.module.css';

export interface OperationPartProps {
  operation: OperationEntry;
  releases: readonly Release[];
  now: number;
  online: boolean;
  writable: boolean;
  onStart: (action: Action) => void;
  onCancel: () => void;
  onDismiss: () => void;
}

function ProblemBanner({ problem, onDismiss }: { problem: Problem; onDismiss: () => void }) {
  return (
    <Banner tone="bad" title={told(problem.message)} onDismiss={onDismiss}>
      {problem.remedy === undefined ? null : <p className={css['remedy']}>{told(problem.remedy)}</p>}
    </Banner>
  );
}

function Outcome({
  view,
  end,
  releases,
  onDismiss,
}: Pick<OperationPartProps, 'releases' | 'onDismiss'> & { view: OperationView; end: OperationEnd }) {
  const { tone, title } = outcomeWords(view, end, releases);
  const { problem, outcome, summary } = end;
  return (
    <Banner tone={tone} title={title} onDismiss={onDismiss}>
      {outcome === 'done' ? null : <p>{told(summary)}</p>}
      {problem === undefined || summary.includes(problem.message) ? null : <p>{told(problem.message)}</p>}
      {problem?.remedy === undefined ? null : <p className={css['remedy']}>{told(problem.remedy)}</p>}
      {view.notes.map((note) => (
        <p key={note} className={css['small']}>
          {told(note)}
        </p>
      ))}
      {outputsOf(problem).map((output) => (
        <OutputBlock key={output.title} {...output} />
      ))}
    </Banner>
  );
}

/** The deploy or rollback that runs or has ended; other operations are the Stack page's. */
export function OperationPart(props: OperationPartProps) {
  const { operation, releases, now, online, writable, onStart, onCancel, onDismiss } = props;
  const { view, problem, cancelling = false } = operation;
  const holder = holderOf(view?.end?.problem);
  const own = view !== undefined && (view.action.verb === 'deploy' || view.action.verb === 'rollback');
  if (!own) return problem === undefined ? null : <ProblemBanner problem={problem} onDismiss={onDismiss} />;
  const { action, end } = view;
  return (
    <>
      {problem === undefined ? null : <ProblemBanner problem={problem} onDismiss={onDismiss} />}
      {holder === undefined ? null : (
        <LockBanner
          holder={holder}
          now={now}
          writable={writable}
          onRetry={() => {
            onStart(action);
          }}
          onTake={() => {
            onStart({ ...action, breakLock: true });
          }}
          onDismiss={onDismiss}
        />
      )}
      {end === undefined || holder !== undefined ? null : (
        <Outcome view={view} end={end} releases={releases} onDismiss={onDismiss} />
      )}
      {end?.outcome === 'done' || holder !== undefined ? null : (
        <ProgressCard
          title={end === undefined ? doingWords(view, releases) : t('releases:howFar')}
          command={commandOf(
            view.plan,
            releases.find(({ id }) => id === action.release),
            releases,
          )}
          view={view}
          now={now}
          cancelling={cancelling}
          writable={online}
          onCancel={onCancel}
        />
      )}
    </>
  );
}
