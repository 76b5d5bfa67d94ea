import { cx } from './cx.ts';
import css from './segmented-control.module.css';

export interface Segment {
  id: string;
  title: string;
}

export interface SegmentedControlProps {
  label: string;
  segments: readonly Segment[];
  value: string | undefined;
  onChange: (id: string) => void;
}

/** A choice of one among few, all of them in sight. */
export function SegmentedControl({ label, segments, value, onChange }: SegmentedControlProps) {
  return (
    <fieldset className={css['group']} aria-label={label}>
      {segments.map(({ id, title }) => (
        <label key={id} className={cx(css['segment'], id === value && css['on'])}>
          <input
            type="radio"
            name={label}
            value={id}
            checked={id === value}
            onChange={() => {
              onChange(id);
            }}
          />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
