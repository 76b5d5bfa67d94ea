import css from './output-block.module.css';
import { plainText } from './plain-text.ts';

/** What a program printed, as it may be shown. */
export function OutputBlock({ title, text }: { title: string; text: string }) {
  return (
    <figure className={css['output']}>
      <figcaption>{title}</figcaption>
      <pre>{plainText(text)}</pre>
    </figure>
  );
}
