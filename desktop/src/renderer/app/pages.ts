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

/** A page of the panel: where it is, what it is called, and the key that leads to it after `g`. */
export interface PanelPage {
  readonly to: '/stack' | '/logs' | '/health' | '/releases' | '/builds' | '/configuration' | '/activity' | '/settings';
  readonly name: string;
  readonly icon: LucideIcon;
  readonly key: string;
}

/** All pages in the order of the navigation. */
export const pages: readonly PanelPage[] = [
  { to: '/stack', name: 'Stack', icon: Layers, key: 's' },
  { to: '/logs', name: 'Logs', icon: ScrollText, key: 'l' },
  { to: '/health', name: 'Health', icon: HeartPulse, key: 'h' },
  { to: '/releases', name: 'Releases', icon: Tag, key: 'r' },
  { to: '/builds', name: 'Builds', icon: Hammer, key: 'b' },
  { to: '/configuration', name: 'Configuration', icon: SlidersHorizontal, key: 'c' },
  { to: '/activity', name: 'Activity', icon: History, key: 'a' },
  { to: '/settings', name: 'Settings', icon: Settings, key: ',' },
];
