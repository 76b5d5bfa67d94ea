import { cx } from './cx.ts';
import css from './state-dot.module.css';
import type { Tone } from './tone.ts';

/** A small dot beside a word that says the same. */
export function StateDot({ tone }: { tone: Tone }) {
  return <i className={cx(css['dot'], css[tone])} aria-hidden="true" />;
}
