import { Check, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { cx } from './cx.ts';
import type { Tone } from './tone.ts';
import css from './tone-icon.module.css';

const icons = { ok: Check, warn: TriangleAlert, bad: OctagonAlert, busy: Info, off: Info } as const;

/** The icon of a tone in its colour; a word stands beside it. */
export function ToneIcon({ tone, className }: { tone: Tone; className?: string | undefined }) {
  const Icon = icons[tone];
  return <Icon size={16} aria-hidden="true" className={cx(css[tone], className)} />;
}
