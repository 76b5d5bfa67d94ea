import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
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

/** What somebody did to the button. */
type Call = MouseEvent | KeyboardEvent;

/** The same anew: what was given out already cannot be given out again. */
function repeated(call: Call): Call {
  const init = { bubbles: true, cancelable: true };
  if (call instanceof KeyboardEvent) return new KeyboardEvent(call.type, { ...init, key: call.key });
  // The detail tells a press of a key, which leads to the first item, from one of the mouse.
  return new MouseEvent(call.type, { ...init, detail: call.detail });
}

interface ActionMenuProps {
  label: string;
  icon: LucideIcon;
  items: readonly MenuItem[];
}

/** The menu itself, which opens by what called for it, if anything did. */
function CalledMenu({ label, icon, items, call, focused }: ActionMenuProps & Called) {
  // The list is put beside its button, so that it belongs to the same landmark.
  const place = useRef<HTMLSpanElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const answered = useRef<Call>(undefined);
  useEffect(() => {
    if (focused) trigger.current?.focus();
    // React runs an effect twice in development, and a second press would close it.
    if (call === undefined || answered.current === call) return;
    answered.current = call;
    trigger.current?.dispatchEvent(repeated(call));
  }, [call, focused]);
  return (
    <Base.Root>
      <span ref={place}>
        <Base.Trigger ref={trigger} render={<IconButton icon={icon} label={label} />} />
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

interface Called {
  /** Absent where a mouse only came near. */
  call?: Call;
  /** The button that it takes the place of had the focus, or gets it by what was done to it. */
  focused: boolean;
}

/** A small menu behind an icon button. Until somebody comes near it there is the button alone: 50 menus make a page slow to come. */
export function ActionMenu(props: ActionMenuProps) {
  const [called, setCalled] = useState<Called>();
  if (called !== undefined) return <CalledMenu {...props} {...called} />;
  return (
    <span>
      <IconButton
        icon={props.icon}
        label={props.label}
        aria-haspopup="menu"
        aria-expanded={false}
        onPointerEnter={({ pointerType, currentTarget }) => {
          // The menu is there before the mouse presses, so that it can be dragged to an item. A finger comes and presses in one.
          if (pointerType !== 'mouse') return;
          const focused = document.activeElement === currentTarget;
          flushSync(() => {
            setCalled({ focused });
          });
        }}
        onClick={(event) => {
          setCalled({ call: event.nativeEvent, focused: true });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setCalled({ call: event.nativeEvent, focused: true });
        }}
      />
    </span>
  );
}
