import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { embeddedCatalogue, loadCatalogue } from './load.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-catalogue-'));
  await cp(embeddedCatalogue, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const lamp = {
  id: 'a-lamp',
  name: 'A Lamp',
  category: 'Lighting',
  price: 10,
  currency: 'EUR',
  stock: 1,
  rating: 4,
  description: 'A lamp.',
  features: [],
};

test('a shelf more is read with the others', async () => {
  const before = await loadCatalogue(folder);
  await writeFile(join(folder, 'products', 'more.json'), JSON.stringify([lamp]));
  const after = await loadCatalogue(folder);
  expect(after.products).toHaveLength(before.products.length + 1);
  expect(after.products).toContainEqual(lamp);
});

test.each([
  ['no JSON', 'products/more.json', '[{', 'is not JSON'],
  ['a price below zero', 'products/more.json', JSON.stringify([{ ...lamp, price: -1 }]), '[0].price'],
  ['a field that nobody knows', 'products/more.json', JSON.stringify([{ ...lamp, colour: 'red' }]), 'colour'],
  ['an id that is there already', 'products/more.json', JSON.stringify([{ ...lamp, id: 'returns' }]), 'returns twice'],
  ['an article without text', 'articles.json', '[{"id":"a","title":"A","text":""}]', '[0].text'],
  ['synonyms that are no lists', 'synonyms.json', '{"tent":"shelter"}', 'tent'],
])('%s is refused with what is wrong', async (_what, name, content, told) => {
  await writeFile(join(folder, name), content);
  await expect(loadCatalogue(folder)).rejects.toThrow(told);
  if (!told.includes('twice')) await expect(loadCatalogue(folder)).rejects.toThrow(join(folder, name));
});

test.each(['articles.json', 'needs.json', 'products'])('without %s it is refused by name', async (name) => {
  await rm(join(folder, name), { recursive: true });
  await expect(loadCatalogue(folder)).rejects.toThrow(join(folder, name));
});
