import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const backend = fileURLToPath(new URL('../../../backend/src', import.meta.url));
const own = new Set(['schema.ts']);

/** Both services log, report health and read their configuration alike, but share no package: each image stands alone. */
test.each(['config', 'health', 'http', 'logging', 'process'])('%s is the same in both services', async (folder) => {
  const names = (await readdir(join(here, folder))).filter((name) => !name.endsWith('.test.ts') && !own.has(name));
  expect(names).not.toHaveLength(0);
  for (const name of names) {
    const [ours, theirs] = await Promise.all([here, backend].map((root) => readFile(join(root, folder, name), 'utf8')));
    expect([name, ours]).toEqual([name, theirs]);
  }
});
