import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { hostilePaths } from '#testing/hostile-paths.ts';
import { fileNamePart } from './file-name.ts';

test('what is a name already stays as it is', () => {
  for (const name of ['shop', 'shop-dev', 'shop_2', 'v1.4.2', 'a', 'A.b-c']) expect(fileNamePart(name)).toBe(name);
});

test.each([
  ['team/shop', 'team-shop'],
  ['../../etc/passwd', 'etc-passwd'],
  ['C:\\Windows', 'C-Windows'],
  ['nul', '_nul'],
  ['con.log', '_con.log'],
  ['shop.', 'shop'],
  ['a\u0000b', 'a-b'],
  ['‥／‥', ''],
  ['n'.repeat(300), 'n'.repeat(60)],
])('%s', (text, part) => {
  expect(fileNamePart(text)).toBe(part);
});

test('no text leads elsewhere or is taken for something else', { timeout: fuzzTimeout }, async () => {
  const property = fc.property(hostilePaths(), (text) => {
    const part = fileNamePart(text);
    expect(part).toMatch(/^(?:[A-Za-z0-9_](?:[\w.-]{0,59}[A-Za-z0-9_])?)?$/);
    expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
    expect(fileNamePart(part)).toBe(part);
  });
  await fuzz('names of files that are made of labels', property, 2000);
});
