import {
  Hammer,
  HeartPulse,
  History,
  Layers,
  type LucideIcon,
  ScrollText,
  Settings,
  SlidersHorizontal,
  Tag,
} from 'lucide-react';
import { t } from '#words/index.ts';

/** A page of the panel: where it is, by what it is known, and the key that leads to it after `g`. */
export interface PanelPage {
  readonly to: '/stack' | '/logs' | '/health' | '/releases' | '/builds' | '/configuration' | '/activity' | '/settings';
  readonly id: 'stack' | 'logs' | 'health' | 'releases' | 'builds' | 'configuration' | 'activity' | 'settings';
  readonly icon: LucideIcon;
  readonly key: string;
}

/** All pages in the order of the navigation. */
export const pages: readonly PanelPage[] = [
  { to: '/stack', id: 'stack', icon: Layers, key: 's' },
  { to: '/logs', id: 'logs', icon: ScrollText, key: 'l' },
  { to: '/health', id: 'health', icon: HeartPulse, key: 'h' },
  { to: '/releases', id: 'releases', icon: Tag, key: 'r' },
  { to: '/builds', id: 'builds', icon: Hammer, key: 'b' },
  { to: '/configuration', id: 'configuration', icon: SlidersHorizontal, key: 'c' },
  { to: '/activity', id: 'activity', icon: History, key: 'a' },
  { to: '/settings', id: 'settings', icon: Settings, key: ',' },
];

/** What a page is called. */
export function pageName({ id }: Pick<PanelPage, 'id'>): string {
  return t(`app:page.${id}`);
}
