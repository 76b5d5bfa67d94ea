import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from './button.tsx';
import css from './menu.module.css';
import { type Need, useRefusal } from './needs.ts';

export interface MenuItem {
  label: string;
  icon: LucideIcon;
  disabled?: boolean;
  /** Where whoever looks at it does not have that, it is disabled and says so. */
  needs?: Need;
  onSelect: () => void;
}

function Item({ label, icon: Icon, disabled = false, needs, onSelect }: MenuItem) {
  const refused = useRefusal(needs);
  return (
    <Base.Item className={css['item']} disabled={disabled || refused !== undefined} title={refused} onClick={onSelect}>
      <Icon size={16} aria-hidden="true" />
      {label}
    </Base.Item>
  );
}

/** A small menu behind an icon button. */
export function ActionMenu({ label, icon, items }: { label: string; icon: LucideIcon; items: readonly MenuItem[] }) {
  // The list is put beside its button, so that it belongs to the same landmark.
  const place = useRef<HTMLSpanElement>(null);
  return (
    <Base.Root>
      <span ref={place}>
        <Base.Trigger render={<IconButton icon={icon} label={label} />} />
      </span>
      <Base.Portal container={place}>
        <Base.Positioner sideOffset={4} align="end" className={css['place']}>
          <Base.Popup className={css['popup']}>
            {items.map((item) => (
              <Item key={item.label} {...item} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
