import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BuildRecord, keptBuilds } from '#contract/index.ts';
import { createBuildStore } from './store.ts';

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'qs-test-builds-'));
});
afterEach(() => rm(state, { recursive: true }));

const at = (second: number): string => new Date(second * 1000).toISOString();

function record(id: string, second: number): BuildRecord {
  return {
    id,
    service: 'api',
    image: 'api',
    startedAt: at(second),
    seconds: 1,
    outcome: 'done',
    stepCount: 1,
    cachedCount: 0,
    steps: [{ id: 'a', name: 'RUN a', cached: false }],
    logs: [{ step: 'a', lines: ['said'], hidden: 0 }],
  };
}

const ids = async (store: ReturnType<typeof createBuildStore>): Promise<string[]> =>
  (await store.list()).map(({ id }) => id);

test('builds are listed newest first, without what they printed, and read whole by id', async () => {
  const store = createBuildStore(state, 'shop', 'dev');
  // A service may be called so.
  await store.add(record('one.a.json', 1));
  await store.add(record('two.whole', 3));
  await store.add(record('three.api', 2));
  expect(await ids(store)).toEqual(['two.whole', 'three.api', 'one.a.json']);
  expect((await store.list())[0]).not.toHaveProperty('logs');
  expect(await store.get('one.a.json')).toEqual(record('one.a.json', 1));
  expect(await store.get('four')).toBeUndefined();
});

test('each environment of each project has its own', async () => {
  await createBuildStore(state, 'shop', 'dev').add(record('one.api', 1));
  expect(await ids(createBuildStore(state, 'shop', 'prod'))).toEqual([]);
  expect(await ids(createBuildStore(state, 'other', 'dev'))).toEqual([]);
  expect(await ids(createBuildStore(state, 'shop', 'dev'))).toEqual(['one.api']);
});

test('as many are kept as is said, the newest', async () => {
  const store = createBuildStore(state, 'shop', 'dev');
  for (let second = 0; second < keptBuilds + 5; second += 1) await store.add(record(`b${second}.api`, second));
  const kept = await ids(store);
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([keptBuilds, `b${keptBuilds + 4}.api`, 'b5.api']);
  expect(await store.get('b4.api')).toBeUndefined();
});

test('what another process adds is noticed', async () => {
  let heard = 0;
  const end = await createBuildStore(state, 'shop', 'dev').onChange(() => {
    heard += 1;
  });
  await createBuildStore(state, 'shop', 'dev').add(record('one.api', 1));
  await expect.poll(() => heard).toBeGreaterThan(0);
  end();
});

test('an id is no path, and a file that is broken hides no other', async () => {
  const store = createBuildStore(state, 'shop', 'dev');
  await store.add(record('one.api', 1));
  await writeFile(join(state, 'secret.json'), JSON.stringify(record('secret', 1)));
  expect(await store.get('../../../secret')).toBeUndefined();
  await expect(store.add(record('../one', 1))).rejects.toThrow();
  const [folder = ''] = await readdir(join(state, 'builds'));
  await writeFile(join(state, 'builds', folder, 'two.api.json'), '{"id":');
  expect(await ids(store)).toEqual(['one.api']);
});

test.skipIf(process.platform === 'win32')('what was built is nobody else’s to read', async () => {
  const store = createBuildStore(state, 'shop', 'dev');
  await store.add(record('one.api', 1));
  const [folder = ''] = await readdir(join(state, 'builds'));
  const file = join(state, 'builds', folder, 'whole', 'one.api.json');
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect(await readFile(file, 'utf8')).toContain('said');
});
