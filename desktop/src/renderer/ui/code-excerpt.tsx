import { t } from '#words/index.ts';
import css from './code-excerpt.module.css';
import { cx } from './cx.ts';
import { plainText } from './plain-text.ts';

export interface CodeExcerptProps {
  /** Name of the file. */
  name: string;
  lines: readonly { line: number; text: string; failing: boolean }[];
}

/** Numbered lines of a file, with those marked that failed. Nothing where there are none. */
export function CodeExcerpt({ name, lines }: CodeExcerptProps) {
  if (lines.length === 0) return null;
  return (
    <figure className={css['excerpt']}>
      <figcaption>{name}</figcaption>
      <ol>
        {lines.map(({ line, text, failing }) => (
          <li key={line} className={cx(failing && css['failedLine'])}>
            <span className={css['number']}>{line}</span>
            <code>{plainText(text)}</code>
            {failing ? <span className={css['here']}>{t('ui:failedHere')}</span> : null}
          </li>
        ))}
      </ol>
    </figure>
  );
}
