import { useId, useState } from 'react';
import css from './typed-confirmation.module.css';

export interface TypedConfirmationProps {
  /** What has to be typed. */
  word: string;
  /** What typing it means; follows `Type WORD`. */
  meaning: string;
  onChange: (given: boolean) => void;
}

/** Asks for a word to be typed before something that can do harm. */
export function TypedConfirmation({ word, meaning, onChange }: TypedConfirmationProps) {
  const id = useId();
  const [text, setText] = useState('');
  return (
    <div className={css['confirmation']}>
      <label htmlFor={id}>
        Type <b>{word}</b> {meaning}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          onChange(target.value.trim() === word);
        }}
      />
    </div>
  );
}
