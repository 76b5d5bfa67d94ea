import { useEffect, useEffectEvent } from 'react';
import { type Begun, readStroke, type ShortcutDeed } from './shortcuts.ts';

const writes = 'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]';

/** Tells what the shortcuts that are pressed anywhere mean. */
export function useKeyboard(onDeed: (deed: ShortcutDeed) => void): void {
  const tell = useEffectEvent(onDeed);
  useEffect(() => {
    let begun: Begun | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const { key, target } = event;
      // A key that is only held with another one does not end what was begun.
      if (key === 'Shift') return;
      const reading = readStroke(
        {
          key,
          mod: event.ctrlKey || event.metaKey,
          alt: event.altKey,
          typing: target instanceof Element && target.matches(writes),
          dialog: document.querySelector('[role="dialog"], [role="menu"]') !== null,
          at: performance.now(),
        },
        begun,
      );
      begun = reading.begun;
      if (reading.deed === undefined) return;
      event.preventDefault();
      tell(reading.deed);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
