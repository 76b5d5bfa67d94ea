import { expect, test } from 'vitest';
import { createPreferencesStore, defaultPreferences, type PreferencesPlace, readPreferences } from './preferences.ts';

function place(
  kept: string | null = null,
): PreferencesPlace & { kept: () => string | null; tell: (text: string) => void } {
  let text = kept;
  let listener: (text: string | null) => void = () => undefined;
  return {
    kept: () => text,
    read: () => text,
    write: (next) => {
      text = next;
    },
    onWritten: (next) => {
      listener = next;
    },
    tell: (next) => {
      listener(next);
    },
  };
}

test('what was chosen is kept and read again', () => {
  const where = place();
  const store = createPreferencesStore(where);
  expect(store.getState()).toMatchObject(defaultPreferences);
  store.getState().change({ theme: 'dark', muted: ['locked'] });
  store.getState().change({ wrapLogs: true });
  const again = createPreferencesStore(place(where.kept()));
  expect(again.getState()).toMatchObject({ ...defaultPreferences, theme: 'dark', muted: ['locked'], wrapLogs: true });
});

test('what is not understood is as if it had never been chosen', () => {
  for (const text of [null, '', '{', '[]', '"dark"', 'null', '{"theme":"pink","muted":"all","wrapLogs":1}'])
    expect(readPreferences(text)).toEqual(defaultPreferences);
  expect(readPreferences('{"theme":"light","muted":["locked","gone"],"toured":true}')).toEqual({
    ...defaultPreferences,
    theme: 'light',
    muted: ['locked'],
    toured: true,
  });
});

test('a browser that keeps nothing does not stop the panel', () => {
  const refuse = () => {
    throw new Error('denied');
  };
  const store = createPreferencesStore({ read: refuse, write: refuse, onWritten: () => undefined });
  store.getState().change({ theme: 'light' });
  expect(store.getState().theme).toBe('light');
});

test('another window that changes them is followed', () => {
  const where = place();
  const store = createPreferencesStore(where);
  where.tell('{"theme":"dark"}');
  expect(store.getState().theme).toBe('dark');
});
