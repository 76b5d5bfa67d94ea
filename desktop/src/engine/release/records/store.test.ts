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
  const folder = await mkdtemp(join(tmpdir(), 'qs-test-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const state = join(folder, 'state');
  const end = { type: 'drop', at: '2026-01-02T03:04:05Z' } as const;
  const add = (project: string) => createStore(state, 'unix:///x', project).append({ ...end, id: project });
  const names = fc.uniqueArray(hostilePaths('shop', '../../shop'), { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(names, async (projects) => {
    for (const project of projects) await add(project);
    expect(await readdir(folder)).toEqual(['state']);
    expect(await readdir(state)).toEqual(['releases']);
    expect(await readdir(join(state, 'releases'))).toHaveLength(projects.length);
    await rm(join(state, 'releases'), { recursive: true });
  });
  await fuzz('records of projects that labels name', property, 100);
  await add('shop');
  const files = await readdir(join(state, 'releases'));
  expect(files.filter((name) => /^shop-[0-9a-f]{8}\.jsonl$/.test(name))).toHaveLength(1);
});
