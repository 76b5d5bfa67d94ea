import { X } from 'lucide-react';
import { t } from '#words/index.ts';
import { IconButton } from './button.tsx';
import css from './toast-area.module.css';
import type { Tone } from './tone.ts';
import { ToneIcon } from './tone-icon.tsx';

export interface ToastItem {
  readonly id: number;
  readonly tone: Tone;
  readonly title: string;
  readonly note: string;
}

export interface ToastAreaProps {
  label: string;
  toasts: readonly ToastItem[];
  onShow: (id: number) => void;
  onDismiss: (id: number) => void;
  /** The pointer or the focus is on them. */
  onHold: (held: boolean) => void;
}

/** Short messages over the page, spoken when they come; they cover nothing where there are none. */
export function ToastArea({ label, toasts, onShow, onDismiss, onHold }: ToastAreaProps) {
  return (
    <section
      className={css['area']}
      aria-label={label}
      aria-live="polite"
      onPointerEnter={() => {
        onHold(true);
      }}
      onPointerLeave={() => {
        onHold(false);
      }}
      onFocus={() => {
        onHold(true);
      }}
      onBlur={() => {
        onHold(false);
      }}
    >
      {toasts.map(({ id, tone, title, note }) => (
        <div key={id} className={css['toast']}>
          <ToneIcon tone={tone} className={css['icon']} />
          <div className={css['words']}>
            <b>{title}</b>
            <p>{note}</p>
            <button
              type="button"
              className={css['show']}
              onClick={() => {
                onShow(id);
              }}
            >
              {t('ui:toast.show')}
            </button>
          </div>
          <IconButton
            icon={X}
            label={t('ui:toast.putAway', { title })}
            onClick={() => {
              onDismiss(id);
            }}
          />
        </div>
      ))}
    </section>
  );
}
