import { expect, test } from 'vitest';
import { parseIgnoreFile } from './ignore-file.ts';

test.each([
  ['node_modules\n!src/*.md', 'node_modules', false],
  ['node_modules\n!node_modules/keep', 'node_modules', true],
  ['node_modules\n!node_modules/keep', 'node_modules/p', false],
  ['a\n!*/b/c', 'a', true],
  ['a\n!*/b/c', 'a/b', true],
  ['a\n!*/b/c', 'a/x', false],
  ['a\n!*/b/c', 'a/b/c', false],
  ['a\n!**/x', 'a/b/c', true],
  ['a\n!a', 'a', false],
  ['a', 'a', false],
])('%j: something may come back from below %s: %s', (rules, folder, expected) => {
  expect(parseIgnoreFile(rules).mayReinclude(folder)).toBe(expected);
});
