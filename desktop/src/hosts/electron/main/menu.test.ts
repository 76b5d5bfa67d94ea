import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { linkedPages } from './deep-link.ts';
import { menuTemplate } from './menu.ts';

const onPage = vi.fn();

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

function itemsOf(isMac: boolean, isPackaged: boolean): MenuItemConstructorOptions[] {
  return flat(menuTemplate({ isMac, isPackaged, onPage }));
}

test.each([true, false])('every page is reached, by a key of its own (macOS: %s)', (isMac) => {
  onPage.mockClear();
  const items = itemsOf(isMac, true);
  for (const { click } of items) (click as (() => void) | undefined)?.();
  expect(onPage.mock.calls.map(([page]) => page as string).toSorted()).toEqual([...linkedPages].toSorted());
  const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([true, false])('an installed copy has no tools for developers (macOS: %s)', (isMac) => {
  const roles = (isPackaged: boolean) => itemsOf(isMac, isPackaged).map(({ role }) => role);
  expect(roles(true)).not.toContain('toggleDevTools');
  expect(roles(true)).not.toContain('reload');
  expect(roles(false)).toContain('toggleDevTools');
  expect(roles(true)).toContain('editMenu');
  expect(roles(true)).toContain('quit');
});
