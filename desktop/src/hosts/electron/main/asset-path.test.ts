import { relative, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { resolveAssetPath } from './asset-path.ts';

const root = '/opt/quayside/out/renderer';

test.each([
  ['app://quayside/', 'index.html'],
  ['app://quayside', 'index.html'],
  ['app://quayside/logs', 'index.html'],
  ['app://quayside/logs/', 'index.html'],
  ['app://quayside/assets/app-1.js?v#x', 'assets/app-1.js'],
  ['app://quayside/assets/a%20b.css', 'assets/a b.css'],
  ['app://quayside/../../index.css', 'index.css'],
])('%s', (address, file) => {
  expect(resolveAssetPath(root, address)).toBe(`${root}/${file}`);
});

test.each([
  'app://other/index.html',
  'https://quayside/index.html',
  'app://quayside/..%2f..%2fetc/passwd.txt',
  'app://quayside/%5c..%5cx.js',
  'app://quayside/%252e%252e/x.js',
  'app://quayside/x%00.js',
  'app://quayside//etc/x.js',
  'app://quayside/C:/x.js',
  'app://quayside/.git/config.txt',
  'app://quayside/%zz.js',
  'not an address',
])('%s is nothing', (address) => {
  expect(resolveAssetPath(root, address)).toBeUndefined();
});

test(
  'no path leaves the folder',
  async () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2E.',
      '..%2f',
      '%2f',
      '%5c',
      '\\',
      '/',
      '//',
      'a.js',
      '%00',
      '%25',
      '~',
      'C:',
      ' ',
      '\u2024\u2024',
      'é.css',
    );
    await fuzz(
      'paths',
      fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom('', '/'), (parts, joint) => {
        const file = resolveAssetPath(root, `app://quayside/${parts.join(joint)}`);
        if (file === undefined) return;
        const path = relative(root, resolve(file));
        expect(path === '' || path.startsWith('..') || path.startsWith('/')).toBe(false);
      }),
      5000,
    );
  },
  fuzzTimeout,
);
