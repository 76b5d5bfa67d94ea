import type { LogCounts } from '#contract/index.ts';
import { cx } from '#ui/cx.ts';
import { clockIn, counted, duration } from '#ui/format.ts';
import { useUtc } from './utc.ts';
import { barsOf } from './volume.ts';
import css from './volume-strip.module.css';

export interface VolumeStripProps {
  counts: LogCounts | undefined;
  /** Narrows the view to a step, from its first second up to the one behind its last. */
  onPick: (from: number, to: number) => void;
}

function stepName(step: number): string {
  return step === 60 ? 'minute' : step === 3600 ? 'hour' : step === 1 ? 'second' : duration(step);
}

/** How many lines there were over time, errors apart. Each bar is a button. */
export function VolumeStrip({ counts, onPick }: VolumeStripProps) {
  const utc = useUtc();
  const bars = counts === undefined ? [] : barsOf(counts);
  const errors = bars.reduce((sum, bar) => sum + bar.errors, 0);
  const step = counts?.step ?? 60;
  const first = counts?.start ?? 0;
  return (
    <section className={css['strip']} aria-label="Lines over time">
      <ul className={css['bars']} aria-label={`Lines per ${stepName(step)}; choose one to see only its lines`}>
        {bars.map(({ at, lines, errors: bad, height, badHeight }) => (
          <li key={at} style={{ gridColumn: at + 1 }}>
            <button
              type="button"
              className={css['bar']}
              title={`${clockIn(utc, (first + at * step) * 1000, step < 60)}: ${counted(lines, 'line')}, ${counted(bad, 'error')}`}
              aria-label={`${clockIn(utc, (first + at * step) * 1000, step < 60)}: ${counted(lines, 'line')}, ${counted(bad, 'error')}`}
              onClick={() => {
                onPick(first + at * step, first + (at + 1) * step);
              }}
            >
              <i className={css['all']} style={{ height: `${height * 100}%` }} />
              <i className={cx(css['all'], css['bad'])} style={{ height: `${badHeight * 100}%` }} />
            </button>
          </li>
        ))}
      </ul>
      <p className={css['legend']}>
        <span>
          per {stepName(step)}
          {counts === undefined || counts.steps === 0
            ? ''
            : `, ${clockIn(utc, first * 1000)} to ${clockIn(utc, (first + counts.steps * step) * 1000)}`}
        </span>
        <span className={errors > 0 ? css['errors'] : undefined}>{counted(errors, 'error')}</span>
      </p>
    </section>
  );
}
