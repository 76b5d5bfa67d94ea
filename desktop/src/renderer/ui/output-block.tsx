import css from './output-block.module.css';
import { plainText } from './plain-text.ts';

/** What a program printed, as it may be shown. */
export function OutputBlock({ title, text }: { title: string; text: string }) {
  return (
    <figure className={css['output']}>
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section aria-label={title} tabIndex={0}>
        <pre>{plainText(text)}</pre>
      </section>
    </figure>
  );
}
