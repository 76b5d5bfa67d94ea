import type { OperationEnd, OperationView } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { duration } from '#ui/format.ts';
import { OutputBlock } from '#ui/output-block.tsx';
import type { Tone } from '#ui/tone.ts';
import css from './notices.module.css';
import { lastLinesOf } from './problem-text.ts';
import { verbDone } from './verbs.ts';

const looks: Record<OperationEnd['outcome'], { tone: Tone; word: string }> = {
  done: { tone: 'ok', word: 'done' },
  failed: { tone: 'bad', word: 'failed' },
  cancelled: { tone: 'warn', word: 'cancelled' },
  restored: { tone: 'warn', word: 'failed, and what ran before runs again' },
  unrestored: { tone: 'bad', word: 'failed, and what ran before could not be brought back' },
};

/** How an operation ended; stays until it is put away. */
export function OutcomeBanner({
  view,
  end,
  onDismiss,
}: {
  view: OperationView;
  end: OperationEnd;
  onDismiss: () => void;
}) {
  const { tone, word } = looks[end.outcome];
  const { probe, lines } = lastLinesOf(end.problem);
  return (
    <Banner tone={tone} title={`${verbDone(view.action)} ${word} after ${duration(end.seconds)}`} onDismiss={onDismiss}>
      <p>{end.summary}</p>
      {end.problem === undefined || end.summary.includes(end.problem.message) ? null : <p>{end.problem.message}</p>}
      {end.problem?.remedy === undefined ? null : <p className={css['remedy']}>{end.problem.remedy}</p>}
      {probe === undefined ? null : <OutputBlock title="Last health probe" text={probe} />}
      {lines.length === 0 ? null : <OutputBlock title="Last lines it printed" text={lines.join('\n')} />}
    </Banner>
  );
}
