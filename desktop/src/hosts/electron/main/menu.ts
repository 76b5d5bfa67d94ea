import type { MenuItemConstructorOptions } from 'electron';
import type { LinkedPage } from './deep-link.ts';

export interface MenuChoices {
  readonly isMac: boolean;
  /** An installed copy: it has no tools for developers. */
  readonly isPackaged: boolean;
  readonly onPage: (page: LinkedPage) => void;
}

const pages: readonly (readonly [LinkedPage, string])[] = [
  ['stack', 'Stack'],
  ['logs', 'Logs'],
  ['health', 'Health'],
  ['releases', 'Releases'],
  ['builds', 'Builds'],
  ['configuration', 'Configuration'],
  ['activity', 'Activity'],
];

/** The menu of the app. Nothing in it changes a stack: that is done where the plan can be seen. */
export function menuTemplate({ isMac, isPackaged, onPage }: MenuChoices): MenuItemConstructorOptions[] {
  const go = (page: LinkedPage, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => {
      onPage(page);
    },
  });
  const settings = go('settings', 'Settings…', 'CmdOrCtrl+,');
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const developer: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [separator, { role: 'reload' }, { role: 'toggleDevTools' }];
  const first: MenuItemConstructorOptions = isMac
    ? {
        role: 'appMenu',
        submenu: [
          { role: 'about' },
          separator,
          settings,
          separator,
          { role: 'hide' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          separator,
          { role: 'quit' },
        ],
      }
    : { label: 'File', submenu: [settings, separator, { role: 'quit' }] };
  return [
    first,
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...pages.map(([page, label], index) => go(page, label, `CmdOrCtrl+${index + 1}`)),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [go('diagnostics', 'Diagnostics…')] },
  ];
}
