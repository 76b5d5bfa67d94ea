import css from './agreement.module.css';
import { Banner } from './banner.tsx';
import { TypedConfirmation } from './typed-confirmation.tsx';

export interface AgreementProps {
  title: string;
  points: readonly { readonly text: string; readonly note: string }[];
  /** What has to be typed to agree. */
  word: string;
  /** What typing it means; follows `Type WORD`. */
  meaning: string;
  onChange: (given: boolean) => void;
}

/** Points that have to be agreed to by typing a word. */
export function Agreement({ title, points, word, meaning, onChange }: AgreementProps) {
  return (
    <>
      <Banner tone="bad" title={title}>
        <ul className={css['points']}>
          {points.map(({ text, note }) => (
            <li key={`${note} ${text}`}>
              {text} <span className={css['note']}>{note}</span>
            </li>
          ))}
        </ul>
      </Banner>
      <TypedConfirmation word={word} meaning={meaning} onChange={onChange} />
    </>
  );
}
