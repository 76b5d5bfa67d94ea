import type { MenuItemConstructorOptions } from 'electron';
import type { LinkedPage } from './deep-link.ts';
import type { UpdateState } from './updates.ts';

export interface MenuChoices {
  readonly isMac: boolean;
  /** An installed copy: it has no tools for developers. */
  readonly isPackaged: boolean;
  readonly onPage: (page: LinkedPage) => void;
  /** Absent in a copy that does not update itself. */
  readonly update?: UpdateState | undefined;
  readonly onRestart: () => void;
}

/** What a menu offers once an update waits for a restart. */
export function restartLabel(version: string): string {
  return `Restart to update to ${version}`;
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
export function menuTemplate(choices: MenuChoices): MenuItemConstructorOptions[] {
  const { isMac, isPackaged, onPage } = choices;
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
  const restart = restartItems(choices);
  const first: MenuItemConstructorOptions = isMac
    ? {
        role: 'appMenu',
        submenu: [
          { role: 'about' },
          ...restart,
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
    : { label: 'File', submenu: [settings, ...restart, separator, { role: 'quit' }] };
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
    { role: 'help', submenu: [go('diagnostics', 'Diagnostics…'), ...updateTrouble(choices)] },
  ];
}

function restartItems({ update, onRestart }: MenuChoices): MenuItemConstructorOptions[] {
  return update?.ready === undefined ? [] : [{ label: restartLabel(update.ready), click: onRestart }];
}

/** Not worth more than a line for whoever looks for it: the next look may well succeed. */
function updateTrouble({ update }: MenuChoices): MenuItemConstructorOptions[] {
  return update?.failed === true ? [{ label: 'Updates could not be looked for or fetched', enabled: false }] : [];
}
