import { expect, test } from 'vitest';
import { pages } from './pages.ts';
import { type Begun, keysOf, readStroke, type Stroke, shortcuts } from './shortcuts.ts';

const press = (key: string, more: Partial<Stroke> = {}, before?: Begun) =>
  readStroke({ key, mod: false, alt: false, typing: false, dialog: false, at: 0, ...more }, before);

test('single keys, keys with Ctrl or Cmd, and two keys in a row', () => {
  expect(press('?').deed).toEqual({ type: 'help' });
  expect(press('/').deed).toEqual({ type: 'search' });
  expect(press('k', { mod: true }).deed).toEqual({ type: 'palette' });
  expect(press('K', { mod: true }).deed).toEqual({ type: 'palette' });
  const { begun, deed } = press('g');
  expect(deed).toBeUndefined();
  expect(press('l', { at: 900 }, begun).deed).toEqual({ type: 'go', page: '/logs' });
  expect(press('l', { at: 1_501 }, begun)).toEqual({});
  expect(press('l')).toEqual({});
});

test('a second key that means nothing is read by itself', () => {
  const { begun } = press('g');
  expect(press('?', { at: 10 }, begun).deed).toEqual({ type: 'help' });
  expect(press('g', { at: 10 }, begun)).toEqual({ begun: { key: 'g', at: 10 } });
});

test('what is typed is no shortcut, but Ctrl K is one there, too; in a dialog nothing is', () => {
  expect(press('?', { typing: true })).toEqual({});
  expect(press('g', { typing: true })).toEqual({});
  expect(press('k', { typing: true, mod: true }).deed).toEqual({ type: 'palette' });
  expect(press('k', { mod: true, dialog: true })).toEqual({});
  expect(press('?', { alt: true })).toEqual({});
  expect(press('s', { mod: true }, { key: 'g', at: 0 })).toEqual({});
});

test('every page has keys of its own', () => {
  const spelled = shortcuts.map(({ keys }) => keys.join(' '));
  expect(new Set(spelled).size).toBe(spelled.length);
  for (const { to, key } of pages) expect(keysOf({ type: 'go', page: to })).toEqual(['g', key]);
  expect(keysOf({ type: 'palette' })).toEqual(['Mod+K']);
});
