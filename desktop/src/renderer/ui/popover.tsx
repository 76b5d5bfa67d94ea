import { Popover as Base } from '@base-ui/react/popover';
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';
import css from './popover.module.css';

export interface PopoverProps {
  label: string;
  icon: LucideIcon;
  children: ReactNode;
}

/** A small panel behind an icon button; Escape and a click elsewhere close it. */
export function Popover({ label, icon, children }: PopoverProps) {
  // It is put beside its button, so that it belongs to the same landmark.
  const place = useRef<HTMLSpanElement>(null);
  return (
    <Base.Root>
      <span ref={place} className={css['at']}>
        <Base.Trigger render={<IconButton icon={icon} label={label} />} />
      </span>
      <Base.Portal container={place}>
        <Base.Positioner sideOffset={4} align="end" className={css['place']}>
          <Base.Popup className={css['popup']} aria-label={label}>
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
