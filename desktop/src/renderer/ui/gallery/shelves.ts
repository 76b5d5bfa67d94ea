import { controls } from './controls.tsx';
import type { Shelf } from './exhibit.ts';
import { lists } from './lists.tsx';
import { messages } from './messages.tsx';
import { overlays } from './overlays.tsx';

/** The whole design system. */
export const shelves: readonly { readonly title: string; readonly shelves: readonly Shelf[] }[] = [
  { title: 'Controls', shelves: controls },
  { title: 'States and messages', shelves: messages },
  { title: 'Containers and lists', shelves: lists },
  { title: 'Over the page', shelves: overlays },
];
