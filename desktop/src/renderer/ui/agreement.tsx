import { t } from '#words/index.ts';
import css from './agreement.module.css';
import { Banner } from './banner.tsx';
import { TypedConfirmation } from './typed-confirmation.tsx';

export interface AgreementProps {
  points: readonly { readonly text: string; readonly note: string }[];
  /** What has to be typed to agree. */
  word: string;
  onChange: (given: boolean) => void;
}

/** What files ask for beyond what is usual, to be agreed to by typing a word. */
export function Agreement({ points, word, onChange }: AgreementProps) {
  return (
    <>
      <Banner tone="bad" title={t('ui:agreement.title')}>
        <ul className={css['points']}>
          {points.map(({ text, note }) => (
            <li key={`${note} ${text}`}>
              {text} <span className={css['note']}>{note}</span>
            </li>
          ))}
        </ul>
      </Banner>
      <TypedConfirmation word={word} meaning={t('ui:agreement.meaning')} onChange={onChange} />
    </>
  );
}
