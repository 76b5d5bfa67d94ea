import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings, type SettingsView } from '#contract/index.ts';
import { createSettingsStore } from './settings.ts';

let directory: string;
const path = () => join(directory, 'settings.json');
const store = () => createSettingsStore(() => Promise.resolve(directory));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-test-settings-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function current(): Promise<SettingsView> {
  for await (const view of store().watch(new AbortController().signal)) return view;
  throw new Error('The stream ended without a first item.');
}

test('what is set is kept for another process, with its version; what was not named stays', async () => {
  expect(await current()).toEqual({ settings: defaultSettings });
  await store().set({ theme: 'dark', muted: ['locked'] });
  const after = { ...defaultSettings, theme: 'dark', muted: ['locked'], toured: true };
  expect(await store().set({ toured: true })).toEqual({ settings: after });
  expect(await current()).toEqual({ settings: after });
  expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({ version: 1, settings: after });
});

test('a file from before there was a setting is used as it is', async () => {
  const { desktopNotices: _later, language: _latest, ...before } = { ...defaultSettings, theme: 'dark' };
  await writeFile(path(), JSON.stringify({ version: 1, settings: before }));
  expect(await current()).toEqual({ settings: { ...defaultSettings, theme: 'dark' } });
});

test('several that set different things at once lose none of them', async () => {
  const [one, other] = [store(), store()];
  await Promise.all([
    one.set({ theme: 'light' }),
    other.set({ wrapLogs: true }),
    one.set({ logClock: 'utc' }),
    other.set({ toured: true }),
  ]);
  const settings = { ...defaultSettings, theme: 'light', wrapLogs: true, logClock: 'utc', toured: true };
  expect(await current()).toEqual({ settings });
  expect(await readdir(directory)).toEqual(['settings.json']);
});

test('of two orders through one store the later one holds', async () => {
  const one = store();
  const orders = ['dark', 'light', 'system', 'dark', 'light'] as const;
  await Promise.all(orders.map((theme) => one.set({ theme })));
  expect((await current()).settings.theme).toBe('light');
});

test('who watches hears of what another process sets, until it leaves', async () => {
  const life = new AbortController();
  const seen = store().watch(life.signal)[Symbol.asyncIterator]();
  expect(await seen.next()).toMatchObject({ value: { settings: { theme: 'system' } } });
  const told = seen.next();
  await store().set({ theme: 'dark' });
  expect(await told).toMatchObject({ value: { settings: { theme: 'dark' } } });
  life.abort();
  await seen.return?.();
});

test.each([
  ['broken', '{"version":1,"settings":{"theme":'],
  ['of another version', JSON.stringify({ version: 2, settings: defaultSettings })],
  ['of another shape', JSON.stringify({ version: 1, settings: { ...defaultSettings, theme: 'pink' } })],
])('a file that is %s is kept aside and named, and the defaults hold', async (_what, text) => {
  await writeFile(path(), text);
  const one = store();
  const { settings, problem } = await one.set({ wrapLogs: true });
  expect(settings).toEqual({ ...defaultSettings, wrapLogs: true });
  expect(problem).toMatchObject({ code: 'SETTINGS_UNREADABLE' });
  const aside = (await readdir(directory)).find((name) => name !== 'settings.json') ?? '';
  expect(problem?.remedy).toContain(join(directory, aside));
  expect(await readFile(join(directory, aside), 'utf8')).toBe(text);
  expect(await current()).toEqual({ settings });
});

test('a file that cannot be read is said to be so, and comes into use when it can be', async () => {
  await mkdir(path());
  const life = new AbortController();
  const seen = store().watch(life.signal)[Symbol.asyncIterator]();
  expect(await seen.next()).toMatchObject({
    value: { settings: defaultSettings, problem: { code: 'SETTINGS_UNREADABLE' } },
  });
  await expect(store().set({ theme: 'dark' })).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  const told = seen.next();
  await rm(path(), { recursive: true });
  expect(await told).toEqual({ done: false, value: { settings: defaultSettings } });
  life.abort();
  await seen.return?.();
});
