import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pictureFile, picturesFolder } from './guide-pictures.ts';
import { comparedNames, viewNames } from './views.ts';

const baselines = join(import.meta.dirname, '../../../snapshots/baselines');
const docs = join(picturesFolder, '..');
const guide = readFileSync(join(docs, 'user-guide.md'), 'utf8');
const shown = [...guide.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, alt = '', file = '']) => ({ alt, file }));

test('every picture that the guide shows is there, and says what it shows', () => {
  expect(shown.length).toBeGreaterThan(0);
  for (const { alt, file } of shown) {
    expect(existsSync(join(docs, file)), file).toBe(true);
    expect(alt.split(' ').length, file).toBeGreaterThan(3);
  }
});

test('every picture that is made is shown, and no other is kept', () => {
  const made = viewNames.map(pictureFile);
  expect(shown.map(({ file }) => file).toSorted()).toEqual(made.map((file) => `pictures/${file}`).toSorted());
  expect(readdirSync(picturesFolder).toSorted()).toEqual(made.toSorted());
});

test('every view has its two baselines, and there is no other', () => {
  const wanted = comparedNames.flatMap((name) => [`${name}-dark.png`, `${name}-light.png`]);
  expect(readdirSync(baselines).toSorted()).toEqual(wanted.toSorted());
});

test.each([picturesFolder, baselines])('the pictures in %s are small enough to be kept', (folder) => {
  const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(110_000);
});
