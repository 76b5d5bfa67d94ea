import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBytes, reasonOf } from './read-text.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qs-read-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const refusal = (path: string): Promise<string> =>
  readBytes(path).then(
    () => 'was read',
    (cause: unknown) => reasonOf(cause),
  );

test('a file is read whole', async () => {
  const text = 'é'.repeat(300_000);
  await writeFile(join(folder, 'a'), text);
  expect((await readBytes(join(folder, 'a'))).toString('utf8')).toBe(text);
});

test('what cannot be read says why', async () => {
  await symlink('loop', join(folder, 'loop'));
  expect(await refusal(join(folder, 'none'))).toBe(': it does not exist');
  expect(await refusal(folder)).toBe(': it is a folder');
  expect(await refusal(join(folder, 'loop'))).toBe(': its symbolic links lead in a circle');
});

test.skipIf(process.platform === 'win32')(
  'a device without end and a file of ten megabytes are refused early',
  async () => {
    await writeFile(join(folder, 'big'), Buffer.alloc(10 * 1024 * 1024, 'a'));
    const before = performance.now();
    expect(await refusal(join(folder, 'big'))).toBe(': it is larger than 1 MiB');
    expect(await refusal('/dev/zero')).toBe(': it is a pipe, a socket or a device');
    expect(performance.now() - before).toBeLessThan(2000);
  },
);
