import {
  Check,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  Clock,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
  Pause,
  TriangleAlert,
} from 'lucide-react';
import { cx } from './cx.ts';
import css from './state-badge.module.css';
import tones from './tone.module.css';
import type { Tone } from './tone.ts';

const icons = {
  check: Check,
  alert: TriangleAlert,
  stop: OctagonAlert,
  spin: LoaderCircle,
  clock: Clock,
  pause: Pause,
  dash: CircleDashed,
  slash: CircleSlash,
  help: CircleHelp,
} as const satisfies Record<string, LucideIcon>;
export type BadgeIcon = keyof typeof icons;

export interface BadgeLook {
  tone: Tone;
  icon: BadgeIcon;
  word: string;
}

/** A state as icon, word and colour. */
export function StateBadge({ tone, icon, word }: BadgeLook) {
  const Icon = icons[icon];
  return (
    <span className={cx(css['badge'], tones[tone])}>
      <Icon size={14} aria-hidden="true" className={icon === 'spin' ? css['spin'] : undefined} />
      {word}
    </span>
  );
}
