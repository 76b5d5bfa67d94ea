import { Popover as Base } from '@base-ui/react/popover';
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { t } from '#words/index.ts';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import css from './popover.module.css';

export interface PopoverProps {
  label: string;
  icon: LucideIcon;
  /** How many things in it are new; shown on the button. */
  count?: number;
  /** Leaves the box that its button is in, where that is too narrow for it. */
  wide?: boolean;
  onOpen?: () => void;
  children: ReactNode;
}

/** A small panel behind an icon button; Escape and a click elsewhere close it. */
export function Popover({ label, icon, count = 0, wide = false, onOpen, children }: PopoverProps) {
  // It is put beside its button, so that it belongs to the same landmark.
  const place = useRef<HTMLSpanElement>(null);
  const name = count === 0 ? label : t('ui:withNew', { label, number: count });
  return (
    <Base.Root
      onOpenChange={(open) => {
        if (open) onOpen?.();
      }}
    >
      <span ref={place} className={css['at']}>
        <Base.Trigger render={<IconButton icon={icon} label={name} />} />
        {count === 0 ? null : (
          <span className={css['count']} aria-hidden="true">
            {count > 9 ? '9+' : count}
          </span>
        )}
      </span>
      <Base.Portal container={place}>
        <Base.Positioner
          sideOffset={4}
          align={wide ? 'start' : 'end'}
          positionMethod={wide ? 'fixed' : 'absolute'}
          className={css['place']}
        >
          <Base.Popup className={cx(css['popup'], wide && css['wide'])} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A button inside a popover that does something and closes it. */
export function PopoverAction({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <Base.Close className={css['action']} onClick={onClick}>
      {children}
    </Base.Close>
  );
}
