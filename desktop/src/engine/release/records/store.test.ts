import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { hostilePaths } from '#testing/hostile-paths.ts';
import { createStore } from './store.ts';

test('whatever a label calls a project, its record lies in the folder for records, and is its own', {
  timeout: fuzzTimeout,
}, async () => {
  const root = await mkdtemp(join(tmpdir(), 'qs-test-store-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const end = { type: 'drop', at: '2026-01-02T03:04:05Z' } as const;
  /** A folder in which each of these projects has a record. */
  const recorded = async (projects: readonly string[]) => {
    // One for each try: what is cut off when the time is up leaves its own behind.
    const folder = await mkdtemp(join(root, 'try-'));
    const state = join(folder, 'state');
    for (const id of projects) await createStore(state, 'unix:///x', id).append({ ...end, id });
    return { folder, state };
  };
  const names = fc.uniqueArray(hostilePaths('shop', '../../shop'), { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(names, async (projects) => {
    const { folder, state } = await recorded(projects);
    expect(await readdir(folder)).toEqual(['state']);
    expect(await readdir(state)).toEqual(['releases']);
    expect(await readdir(join(state, 'releases'))).toHaveLength(projects.length);
    await rm(folder, { recursive: true });
  });
  await fuzz('records of projects that labels name', property, 100);
  const { state } = await recorded(['shop']);
  const files = await readdir(join(state, 'releases'));
  expect(files.filter((name) => /^shop-[0-9a-f]{8}\.jsonl$/.test(name))).toHaveLength(1);
});
