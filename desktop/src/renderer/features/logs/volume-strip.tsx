import { useMemo } from 'react';
import type { LogCounts } from '#contract/index.ts';
import { cx } from '#ui/cx.ts';
import { clockIn, duration } from '#ui/format.ts';
import { type Language, language, t } from '#words/index.ts';
import { useUtc } from './utc.ts';
import { barsOf } from './volume.ts';
import css from './volume-strip.module.css';

export interface VolumeStripProps {
  counts: LogCounts | undefined;
  /** Narrows the view to a step, from its first second up to the one behind its last. */
  onPick: (from: number, to: number) => void;
}

const nothing = { start: 0, step: 60, steps: 0 };

function stepName(step: number): string {
  if (step === 1) return t('logs:volume.second');
  if (step === 60) return t('logs:volume.minute');
  return step === 3600 ? t('logs:volume.hour') : duration(step);
}

/** The bars with what they say. */
function namedBars(counts: LogCounts, utc: boolean, lng: Language) {
  const { start, step } = counts;
  return barsOf(counts).map((bar) => {
    const time = clockIn(utc, (start + bar.at * step) * 1000, step < 60);
    const lines = t('logs:volume.lines', { lng, count: bar.lines });
    const errors = t('logs:volume.errors', { lng, count: bar.errors });
    return { ...bar, name: t('logs:volume.bar', { lng, time, lines, errors }) };
  });
}

/** How long a bar is, and from when to when they reach. */
function legend(counts: LogCounts | undefined, utc: boolean): string {
  const { start, step, steps } = counts ?? nothing;
  const name = stepName(step);
  if (steps === 0) return t('logs:volume.per', { step: name });
  const [from, to] = [clockIn(utc, start * 1000), clockIn(utc, (start + steps * step) * 1000)];
  return t('logs:volume.perWithin', { step: name, from, to });
}

/** How many lines there were over time, errors apart. Each bar is a button. */
export function VolumeStrip({ counts, onPick }: VolumeStripProps) {
  const utc = useUtc();
  const spoken = language();
  // The page is drawn more often than lines are counted.
  const bars = useMemo(() => (counts === undefined ? [] : namedBars(counts, utc, spoken)), [counts, utc, spoken]);
  const errors = bars.reduce((sum, bar) => sum + bar.errors, 0);
  const { start, step } = counts ?? nothing;
  return (
    <section className={css['strip']} aria-label={t('logs:volume.label')}>
      <ul className={css['bars']} aria-label={t('logs:volume.bars', { step: stepName(step) })}>
        {bars.map(({ at, name, height, badHeight }) => (
          <li key={at} style={{ gridColumn: at + 1 }}>
            <button
              type="button"
              className={css['bar']}
              title={name}
              aria-label={name}
              onClick={() => {
                onPick(start + at * step, start + (at + 1) * step);
              }}
            >
              <i className={css['all']} style={{ height: `${height * 100}%` }} />
              <i className={cx(css['all'], css['bad'])} style={{ height: `${badHeight * 100}%` }} />
            </button>
          </li>
        ))}
      </ul>
      <p className={css['legend']}>
        <span>{legend(counts, utc)}</span>
        {counts === undefined ? null : (
          <span className={errors > 0 ? css['errors'] : undefined}>{t('logs:volume.errors', { count: errors })}</span>
        )}
      </p>
    </section>
  );
}
