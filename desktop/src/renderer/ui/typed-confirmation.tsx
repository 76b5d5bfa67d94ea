import { useId, useState } from 'react';
import { t } from '#words/index.ts';
import { Filled } from './filled.tsx';
import css from './typed-confirmation.module.css';

export interface TypedConfirmationProps {
  /** What has to be typed. */
  word: string;
  /** What typing it means; follows `Type WORD`, in German `WORT eintippen,`. */
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
        <Filled text={t('ui:typed')} parts={{ word: <b>{word}</b>, meaning }} />
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
