import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { linkedPages } from './deep-link.ts';
import { menuTemplate } from './menu.ts';
import type { UpdateState } from './updates.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';

const onPage = vi.fn();
const onRestart = vi.fn();

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

function itemsOf(isMac: boolean, isPackaged: boolean, update?: UpdateState): MenuItemConstructorOptions[] {
  return flat(menuTemplate({ words: en, isMac, isPackaged, onPage, onRestart, update }));
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

test.each([true, false])('an update that is ready is offered, and only that one (macOS: %s)', (isMac) => {
  const offers = (update?: UpdateState) =>
    itemsOf(isMac, true, update).filter(({ label }) => label?.startsWith('Restart') === true);
  expect(offers()).toEqual([]);
  expect(offers({ failed: true })).toEqual([]);
  const [offer, ...more] = offers({ ready: '1.2.0', failed: false });
  expect(more).toEqual([]);
  expect(offer?.label).toBe('Restart to update to 1.2.0');
  expect(onRestart).not.toHaveBeenCalled();
  (offer?.click as () => void)();
  expect(onRestart).toHaveBeenCalledOnce();
  onRestart.mockClear();
});

test('that updates could not be looked for is said, and cannot be chosen', () => {
  const trouble = (update?: UpdateState) =>
    itemsOf(false, true, update).filter(({ label }) => label?.startsWith('Updates') === true);
  expect(trouble()).toEqual([]);
  expect(trouble({ failed: false })).toEqual([]);
  expect(trouble({ ready: '1.2.0', failed: true })).toMatchObject([{ enabled: false }]);
});

test.each([true, false])('every item that can be read is in the language that is spoken (macOS: %s)', (isMac) => {
  const read = (words: typeof en): string[] =>
    flat(menuTemplate({ words, isMac, isPackaged: true, onPage, onRestart, update: { ready: '1.2.0', failed: true } }))
      .filter(({ type, role }) => type !== 'separator' && role !== 'appMenu')
      .map(({ label, role }) => label ?? `by role ${role ?? ''}`);
  const [english, german] = [read(en), read(de)];
  // Names of pages that are the same in both.
  const same = ['Stack', 'Logs', 'Releases', 'Builds'];
  expect(english.filter((label, index) => label === german[index])).toEqual(same);
});
