import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startOptions, usage } from './start-options.mjs';
import { tempFolder } from './temp-folder.mjs';

const base = tempFolder();

test('without flags the current folder is shown, opened, on any port', () => {
  expect(startOptions([], base)).toMatchObject({ web: false, open: true, port: undefined, folder: base });
});

test('all flags together', () => {
  const options = startOptions(['--web', '--no-open', '--port', '8080', '-C', '.'], base);
  expect(options).toMatchObject({ web: true, open: false, port: 8080, folder: base });
});

test.each([
  [['--wbe']],
  [['extra']],
  [['--port']],
  [['--port', 'x']],
  [['--port', '65536']],
  [['--port', '-1']],
  [['--port=']],
  [['-C', 'missing']],
  [['-C', 'file']],
])('%j is wrong usage', (args) => {
  writeFileSync(join(base, 'file'), '');
  expect(() => startOptions(args, base)).toThrow(expect.objectContaining({ status: 2, remedy: usage }));
});
