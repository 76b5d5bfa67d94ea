import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installed } from './dependencies.mjs';
import { tempFolder } from './temp-folder.mjs';

const wanted = {
  '': { name: 'x' },
  desktop: { name: 'd' },
  'node_modules/d': { resolved: 'desktop', link: true },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/win-only': { version: '1.0.0', integrity: 'sha512-w', optional: true },
};
const present = { 'node_modules/a': wanted['node_modules/a'] };

function folder(lock, hidden) {
  const dir = tempFolder();
  mkdirSync(join(dir, 'node_modules'));
  writeFileSync(join(dir, 'package-lock.json'), JSON.stringify({ packages: lock }));
  if (hidden) writeFileSync(join(dir, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: hidden }));
  return dir;
}

test('what the lock file names is installed, but for optional packages of other platforms', () => {
  expect(installed(folder(wanted, present))).toBe(true);
});

test('nothing installed, another version, another content or a missing package: not installed', () => {
  expect(installed(folder(wanted))).toBe(false);
  expect(installed(folder(wanted, {}))).toBe(false);
  expect(installed(folder(wanted, { 'node_modules/a': { version: '2.0.0', integrity: 'sha512-a' } }))).toBe(false);
  expect(installed(folder(wanted, { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }))).toBe(false);
});
