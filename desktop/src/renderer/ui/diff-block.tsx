import { t } from '#words/index.ts';
import { cx } from './cx.ts';
import css from './diff-block.module.css';
import { plainText } from './plain-text.ts';

export interface DiffBlockLine {
  kind: 'same' | 'added' | 'removed' | 'gap';
  /** Of a gap: begins with how many lines it stands for. */
  text: string;
}

const signs = { same: ' ', added: '+', removed: '−', gap: '⋯' } as const;

function Line({ kind, text }: DiffBlockLine) {
  const shown = kind === 'gap' ? t('ui:asBefore', { count: Number.parseInt(text, 10) }) : plainText(text);
  if (kind === 'added') return <ins>{shown}</ins>;
  if (kind === 'removed') return <del>{shown}</del>;
  return <span>{shown}</span>;
}

/** Two texts compared line by line: what goes, what comes, and what stands around it. */
export function DiffBlock({ label, lines }: { label: string; lines: readonly DiffBlockLine[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={css['diff']} aria-label={label} tabIndex={0}>
      <ol>
        {lines.map(({ kind, text }, index) => (
          <li key={index} className={cx(css['line'], css[kind])}>
            <span className={css['sign']} aria-hidden="true">
              {signs[kind]}
            </span>
            <Line kind={kind} text={text} />
          </li>
        ))}
      </ol>
    </section>
  );
}
