import type { OperationEnd, OperationView } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { duration } from '#ui/format.ts';
import { OutputBlock } from '#ui/output-block.tsx';
import type { Tone } from '#ui/tone.ts';
import { t, told } from '#words/index.ts';
import css from './notices.module.css';
import { lastLinesOf } from './problem-text.ts';
import { verbDone } from './verbs.ts';

const tones: Record<OperationEnd['outcome'], Tone> = {
  done: 'ok',
  failed: 'bad',
  cancelled: 'warn',
  restored: 'warn',
  unrestored: 'bad',
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
  const title = t(`stack:outcome.${end.outcome}`, { deed: verbDone(view.action), time: duration(end.seconds) });
  const { probe, lines } = lastLinesOf(end.problem);
  return (
    <Banner tone={tones[end.outcome]} title={title} onDismiss={onDismiss}>
      <p>{told(end.summary)}</p>
      {end.problem === undefined || end.summary.includes(end.problem.message) ? null : (
        <p>{told(end.problem.message)}</p>
      )}
      {end.problem?.remedy === undefined ? null : <p className={css['remedy']}>{told(end.problem.remedy)}</p>}
      {probe === undefined ? null : <OutputBlock title={t('stack:lastProbe')} text={probe} />}
      {lines.length === 0 ? null : <OutputBlock title={t('stack:lastPrinted')} text={lines.join('\n')} />}
    </Banner>
  );
}
