import { type Ref, useId } from 'react';
import css from './text-field.module.css';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Small print below. */
  note?: string | undefined;
  /** What is wrong with the text. */
  problem?: string | undefined;
  /** Shown as dots. */
  hidden?: boolean;
  /** What a password manager may fill in; nothing where nothing is said. */
  autoComplete?: 'username' | 'current-password' | 'off';
  readOnly?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** A labelled line of text. */
export function TextField({
  label,
  value,
  onChange,
  note,
  problem,
  hidden = false,
  autoComplete = 'off',
  readOnly,
  ref,
}: TextFieldProps) {
  const id = useId();
  const about = problem ?? note;
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={ref}
        id={id}
        type={hidden ? 'password' : 'text'}
        autoComplete={autoComplete}
        spellCheck={false}
        readOnly={readOnly}
        aria-invalid={problem !== undefined}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      />
      {about === undefined ? null : (
        <small id={`${id}-about`} className={problem === undefined ? undefined : css['problem']}>
          {about}
        </small>
      )}
    </div>
  );
}

export interface TextAreaProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A text of many lines in monospace. */
export function TextArea({ label, value, onChange }: TextAreaProps) {
  return (
    <textarea
      className={css['area']}
      aria-label={label}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      wrap="off"
      rows={Math.min(32, Math.max(8, value.split('\n').length + 1))}
      value={value}
      onChange={({ target }) => {
        onChange(target.value);
      }}
    />
  );
}
