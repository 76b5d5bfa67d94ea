import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { shelves } from './shelves.ts';

const all = shelves.flatMap((room) => room.shelves);

test('every component of the design system is in the gallery', () => {
  const files = readdirSync(join(import.meta.dirname, '..')).filter((name) => name.endsWith('.tsx'));
  const shown = all.map(({ file }) => `${file}.tsx`);
  expect(shown.toSorted()).toEqual(files.toSorted());
});

test('every state of every component can be shown, and has a name of its own', () => {
  for (const { file, exhibits } of all) {
    const names = exhibits.map(({ name }) => name);
    expect(new Set(names).size, file).toBe(exhibits.length);
    for (const { name, Show } of exhibits) expect(renderToString(createElement(Show)), `${file}: ${name}`).not.toBe('');
  }
});
