import { z } from 'zod';
import { reportCall } from './control.ts';
import { strict } from './strict.ts';

/** Roles whose items the system itself fills and answers. */
const roles = [
  'appMenu',
  'editMenu',
  'windowMenu',
  'help',
  'about',
  'hide',
  'hideOthers',
  'unhide',
  'quit',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'delete',
  'selectAll',
  'minimize',
  'zoom',
  'close',
  'front',
  'reload',
  'toggleDevTools',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'togglefullscreen',
] as const;

export interface MenuItem {
  role?: (typeof roles)[number] | undefined;
  type?: 'separator' | undefined;
  label?: string | undefined;
  accelerator?: string | undefined;
  enabled?: boolean | undefined;
  click?: (() => void) | undefined;
  submenu?: MenuItem[] | undefined;
}

/** What the double knows of an item; an unknown name fails. */
const item: z.ZodType<MenuItem> = z.strictObject({
  role: z.enum(roles).optional(),
  type: z.literal('separator').optional(),
  label: z.string().optional(),
  accelerator: z
    .string()
    .regex(/^CmdOrCtrl\+[\d,]$/)
    .optional(),
  enabled: z.boolean().optional(),
  click: z.custom<() => void>((value) => typeof value === 'function').optional(),
  get submenu() {
    return z.array(item).optional();
  },
});

const items = new WeakMap<object, readonly MenuItem[]>();
let application: readonly MenuItem[] = [];

export const Menu = strict('Menu', {
  buildFromTemplate(template: unknown): object {
    const menu = strict('menu', {});
    items.set(menu, z.array(item).parse(template));
    return menu;
  },
  setApplicationMenu(menu: object): void {
    application = itemsOf(menu);
    reportCall('Menu.setApplicationMenu', labels(application));
  },
});

/** The items of a menu that was built here. */
export function itemsOf(menu: object): readonly MenuItem[] {
  const found = items.get(menu);
  if (found === undefined) throw new Error('electron double: a menu has to come from Menu.buildFromTemplate');
  return found;
}

/** What can be read in a menu: labels, and roles where the system writes them; what cannot be chosen in brackets. */
export function labels(menu: readonly MenuItem[]): unknown[] {
  return menu
    .filter(({ type }) => type !== 'separator')
    .map(({ label, role, enabled, submenu }) => {
      const name = label ?? role ?? '';
      const text = enabled === false ? `[${name}]` : name;
      return submenu === undefined ? text : [text, labels(submenu)];
    });
}

/** Chooses an item by the labels that lead to it; without a menu, of the app's. */
export function choose(menu: readonly MenuItem[] = application, [label, ...rest]: readonly string[]): void {
  const found = menu.find((one) => one.label === label || one.role === label);
  if (found === undefined) throw new Error(`electron double: the menu has no item "${label ?? ''}"`);
  if (rest.length > 0) choose(found.submenu ?? [], rest);
  else if (found.enabled === false || found.click === undefined)
    throw new Error(`electron double: the item "${label ?? ''}" cannot be chosen`);
  else found.click();
}
