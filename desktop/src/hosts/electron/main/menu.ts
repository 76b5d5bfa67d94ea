import type { MenuItemConstructorOptions } from 'electron';
import type { LinkedPage } from './deep-link.ts';
import type { UpdateState } from './updates.ts';
import type { Words } from './words/en.ts';

export interface MenuChoices {
  readonly words: Words;
  readonly isMac: boolean;
  /** An installed copy: it has no tools for developers. */
  readonly isPackaged: boolean;
  readonly onPage: (page: LinkedPage) => void;
  /** Absent in a copy that does not update itself. */
  readonly update?: UpdateState | undefined;
  readonly onRestart: () => void;
}

const pages = ['stack', 'logs', 'health', 'releases', 'builds', 'configuration', 'activity'] as const;
/** Items which the system answers. */
type ByRole = (...roles: readonly (keyof Words['roles'])[]) => MenuItemConstructorOptions[];

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The menu of the app. Nothing in it changes a stack: that is done where the plan can be seen. */
export function menuTemplate(choices: MenuChoices): MenuItemConstructorOptions[] {
  const { words, isMac, isPackaged, onPage } = choices;
  const go = (page: LinkedPage, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => {
      onPage(page);
    },
  });
  const by: ByRole = (...roles) => roles.map((role) => ({ role, label: words.roles[role] }));
  const settings = go('settings', words.settings, 'CmdOrCtrl+,');
  const developer: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [separator, { role: 'reload' }, { role: 'toggleDevTools' }];
  const restart = restartItems(choices);
  const first: MenuItemConstructorOptions = isMac
    ? {
        role: 'appMenu',
        submenu: [
          ...by('about'),
          ...restart,
          separator,
          settings,
          separator,
          ...by('hide', 'hideOthers', 'unhide'),
          separator,
          ...by('quit'),
        ],
      }
    : { label: words.file, submenu: [settings, ...restart, separator, ...by('quit')] };
  return [
    first,
    editMenu(by, words),
    {
      label: words.view,
      submenu: [
        ...pages.map((page, index) => go(page, words.pages[page], `CmdOrCtrl+${index + 1}`)),
        separator,
        ...by('resetZoom', 'zoomIn', 'zoomOut'),
        separator,
        ...by('togglefullscreen'),
        ...developer,
      ],
    },
    {
      role: 'windowMenu',
      label: words.window,
      submenu: [...by('minimize', 'zoom'), ...(isMac ? [separator, ...by('front')] : by('close'))],
    },
    { role: 'help', label: words.help, submenu: [go('diagnostics', words.diagnostics), ...updateTrouble(choices)] },
  ];
}

function editMenu(by: ByRole, words: Words): MenuItemConstructorOptions {
  return {
    role: 'editMenu',
    label: words.edit,
    submenu: [...by('undo', 'redo'), separator, ...by('cut', 'copy', 'paste', 'delete'), separator, ...by('selectAll')],
  };
}

function restartItems({ words, update, onRestart }: MenuChoices): MenuItemConstructorOptions[] {
  return update?.ready === undefined ? [] : [{ label: words.restartTo(update.ready), click: onRestart }];
}

/** Not worth more than a line for whoever looks for it: the next look may well succeed. */
function updateTrouble({ words, update }: MenuChoices): MenuItemConstructorOptions[] {
  return update?.failed === true ? [{ label: words.noUpdates, enabled: false }] : [];
}
