import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
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

/** The menu itself, which opens by what called for it. */
function CalledMenu({ label, icon, items, call }: ActionMenuProps & { call: Call }) {
  // The list is put beside its button, so that it belongs to the same landmark.
  const place = useRef<HTMLSpanElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const answered = useRef<Call>(undefined);
  useEffect(() => {
    // React runs an effect twice in development, and a second press would close it.
    if (answered.current === call) return;
    answered.current = call;
    trigger.current?.focus();
    trigger.current?.dispatchEvent(repeated(call));
  }, [call]);
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

/** A small menu behind an icon button. Until somebody calls for it there is the button alone: 50 menus make a page slow to come. */
export function ActionMenu(props: ActionMenuProps) {
  const [call, setCall] = useState<Call>();
  if (call !== undefined) return <CalledMenu {...props} call={call} />;
  return (
    <span>
      <IconButton
        icon={props.icon}
        label={props.label}
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={(event) => {
          setCall(event.nativeEvent);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setCall(event.nativeEvent);
        }}
      />
    </span>
  );
}
