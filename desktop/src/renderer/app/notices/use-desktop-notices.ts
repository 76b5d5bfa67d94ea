import { useEffect, useRef } from 'react';
import type { Notice } from '#state/index.ts';
import { useStore } from '#state/index.ts';
import { usePanel } from '../use-panel.ts';
import { useNotices } from './use-notices.ts';

const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

/** Those that came after `last`, the oldest first. */
function newerThan(list: readonly Notice[], last: number): readonly Notice[] {
  return list.filter(({ id }) => id > last).toReversed();
}

/**
 * Hands what is new to the desktop while nobody looks at the panel. A later one of the same kind takes the place of the
 * one before, so that a flood of them is one.
 */
export function useDesktopNotices(): void {
  const { stores } = usePanel();
  const { list, lineOf, show } = useNotices();
  const wanted = useStore(stores.preferences, ({ desktopNotices }) => desktopNotices);
  const last = useRef<number | undefined>(undefined);
  useEffect(() => {
    const newest = list[0]?.id ?? 0;
    const before = last.current ?? newest;
    last.current = newest;
    if (!wanted || isLookedAt() || !('Notification' in window) || Notification.permission !== 'granted') return;
    for (const notice of newerThan(list, before)) {
      const { title, note } = lineOf(notice);
      const tag = `quayside ${notice.environment} ${notice.kind}`;
      const shown = new Notification(title, { body: note, tag, silent: true });
      shown.onclick = () => {
        window.focus();
        show(notice.id);
      };
    }
  }, [list, wanted, lineOf, show]);
}
