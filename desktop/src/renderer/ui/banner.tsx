import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '#words/index.ts';
import css from './banner.module.css';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import tones from './tone.module.css';
import type { Tone } from './tone.ts';
import { ToneIcon } from './tone-icon.tsx';

export interface BannerProps {
  tone: Tone;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Gives the banner a button that puts it away. */
  onDismiss?: (() => void) | undefined;
}

/** A message over the whole width, which stays until it is put away or no longer true. */
export function Banner({ tone, title, children, actions, onDismiss }: BannerProps) {
  return (
    <div className={cx(css['banner'], tones[tone])} role="status">
      <ToneIcon tone={tone} className={css['icon']} />
      <div className={css['body']}>
        <b>{title}</b>
        {children}
      </div>
      {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
      {onDismiss === undefined ? null : <IconButton icon={X} label={t('ui:dismiss')} onClick={onDismiss} />}
    </div>
  );
}
