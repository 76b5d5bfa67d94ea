import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeFile, replaceFile } from './replace-file.ts';
import { absent, revisionOf } from './revision.ts';

test('what somebody saved last is neither replaced nor removed by whoever saw the file before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qs-test-replace-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, '.env');
  await writeFile(file, 'A=2\n');
  const seen = revisionOf(Buffer.from('A=1\n'));
  await expect(replaceFile(file, 'A=3\n', seen)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  await expect(removeFile(file, seen)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  expect(await readFile(file, 'utf8')).toBe('A=2\n');
  expect(await removeFile(file, revisionOf(Buffer.from('A=2\n')))).toBe(absent);
  expect(await readdir(folder)).toEqual([]);
});
