import { useId } from 'react';
import css from './check-field.module.css';

export interface CheckFieldProps {
  title: string;
  /** Small print below. */
  note?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is on or off. */
export function CheckField({ title, note, checked, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={css['field']}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={({ target }) => {
          onChange(target.checked);
        }}
      />
      <label htmlFor={id}>{title}</label>
      {note === undefined ? null : <small id={`${id}-note`}>{note}</small>}
    </div>
  );
}
