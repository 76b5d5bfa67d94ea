import type { KeyWords } from '#ui/keys.tsx';
import { t } from '#words/index.ts';
import { type PanelPage, pageName, pages } from './pages.ts';

/** What a shortcut does. */
export type ShortcutDeed =
  | { readonly type: 'palette' | 'help' | 'search' }
  | { readonly type: 'go'; readonly page: PanelPage['to'] };

/** Keys pressed one after the other; `Mod` is Ctrl, or Cmd on a Mac, held down with the key behind it. */
export interface Shortcut {
  readonly keys: readonly string[];
  /** What it does, in the language of the page. */
  readonly title: () => string;
  readonly deed: ShortcutDeed;
}

/** Every shortcut of the panel: its help and its handlers are made from this. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ['Mod+K'], title: () => t('app:shortcut.palette'), deed: { type: 'palette' } },
  { keys: ['?'], title: () => t('app:shortcut.help'), deed: { type: 'help' } },
  { keys: ['/'], title: () => t('app:shortcut.search'), deed: { type: 'search' } },
  ...pages.map(
    (page): Shortcut => ({
      keys: ['g', page.key],
      title: () => t('app:shortcut.go', { page: pageName(page) }),
      deed: { type: 'go', page: page.to },
    }),
  ),
];

/** Every shortcut with what it does, in words. */
export function shortcutWords(): readonly KeyWords[] {
  return shortcuts.map(({ keys, title }) => ({ keys, title: title() }));
}

/** The keys that do something, for a hint beside its name. */
export function keysOf(wanted: ShortcutDeed): readonly string[] {
  const same = ({ deed }: Shortcut) =>
    deed.type === wanted.type && (deed.type !== 'go' || wanted.type !== 'go' || deed.page === wanted.page);
  return shortcuts.find(same)?.keys ?? [];
}

/** A key as it was pressed, and where. */
export interface Stroke {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
  /** The focus is where text is written. */
  readonly typing: boolean;
  /** A dialog is open, which has the keyboard for itself. */
  readonly dialog: boolean;
  /** Milliseconds. */
  readonly at: number;
}

/** The first key of a shortcut of two, which was pressed before. */
export interface Begun {
  readonly key: string;
  readonly at: number;
}

/** How long the first key of a shortcut of two holds. */
const holdsMs = 1_500;

interface Reading {
  readonly deed?: ShortcutDeed;
  readonly begun?: Begun;
}

/** What a key means, after the one before it. */
export function readStroke(stroke: Stroke, before: Begun | undefined): Reading {
  const { key, mod, alt, typing, dialog, at } = stroke;
  if (alt || dialog) return {};
  if (mod) {
    const held = shortcuts.find(({ keys: [first] }) => first?.toLowerCase() === `mod+${key.toLowerCase()}`);
    return held === undefined ? {} : { deed: held.deed };
  }
  if (typing) return {};
  if (before !== undefined && at - before.at <= holdsMs) {
    const second = shortcuts.find(({ keys }) => keys.length === 2 && keys[0] === before.key && keys[1] === key);
    if (second !== undefined) return { deed: second.deed };
  }
  const single = shortcuts.find(({ keys }) => keys.length === 1 && keys[0] === key);
  if (single !== undefined) return { deed: single.deed };
  return shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === key) ? { begun: { key, at } } : {};
}
