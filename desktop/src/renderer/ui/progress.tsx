import { Progress as Base } from '@base-ui/react/progress';
import css from './progress.module.css';

export interface ProgressProps {
  label: string;
  /** From 0 to 1; absent where the end cannot be foreseen. */
  value?: number | undefined;
  /** What screen readers say instead of a percentage. */
  text?: string;
}

/** A thin bar; without a value it moves to say that something goes on. */
export function Progress({ label, value, text }: ProgressProps) {
  const percent = value === undefined ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <Base.Root value={percent} aria-label={label} {...(text === undefined ? {} : { getAriaValueText: () => text })}>
      <Base.Track className={css['track']}>
        <Base.Indicator className={css['bar']} />
      </Base.Track>
    </Base.Root>
  );
}
