import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../catalogue/load.ts';
import { Assistant } from './assistant.ts';
import { ExtractiveLlm } from './extractive-llm.ts';
import { MemorySessions } from './memory-sessions.ts';
import { MiniSearchStore } from './minisearch-store.ts';

let assistant: Assistant;
beforeAll(async () => {
  const catalogue = await loadCatalogue(fileURLToPath(new URL('../../data/catalogue.json', import.meta.url)));
  const store = new MiniSearchStore(catalogue);
  assistant = new Assistant({ catalogue, store, llm: new ExtractiveLlm(), sessions: new MemorySessions() });
});

describe('products', () => {
  test.each([
    ['I need a rucksack for my laptop', 'nomad-backpack'],
    ['a warm light for the tent', 'lantern-glow'],
    ['something to grind coffee beans by hand', 'burr-grinder-one'],
    ['noise cancelling headphnes', 'lark-headphones'],
    ['What do you have for sleeping warm outdoors?', 'cloud-sleeping-bag'],
  ])('%s', async (question, expected) => {
    const { products, abstained } = await assistant.ask(question, undefined);
    expect(abstained).toBe(false);
    expect(products.map(({ id }) => id)).toContain(expected);
  });

  test('a price limit and stock are obeyed', async () => {
    const cheap = await assistant.ask('speakers under 100 euro', undefined);
    expect(cheap.products.length).toBeGreaterThan(0);
    expect(cheap.products.every(({ price }) => price <= 100)).toBe(true);
    const any = await assistant.ask('record player', undefined);
    expect(any.products.map(({ id }) => id)).toContain('spin-turntable');
    const stocked = await assistant.ask('record player in stock', undefined);
    expect(stocked.products.map(({ id }) => id)).not.toContain('spin-turntable');
  });

  test.each(['any cheaper ones?', 'under 35 euros', 'less than 35 €'])(
    '"%s" goes on with the previous question',
    async (message) => {
      const first = await assistant.ask('coffee at home', undefined);
      const highest = Math.max(...first.products.map(({ price }) => price));
      const next = await assistant.ask(message, first.sessionId);
      expect(next.sessionId).toBe(first.sessionId);
      expect(next.products.length).toBeGreaterThan(0);
      expect(next.products.every(({ price, category }) => price < highest && category === 'Coffee')).toBe(true);
    },
  );

  test('says when the price is what leaves nothing', async () => {
    const { abstained, answer } = await assistant.ask('a tent under 5 euro', undefined);
    expect(abstained).toBe(true);
    expect(answer).toContain('5.00 EUR');
  });
});

describe('help', () => {
  test.each([
    ['Can I send a product back?', 'returns'],
    ['how much is shipping?', 'delivery'],
    ['is there a guarantee', 'warranty'],
  ])('%s', async (question, expected) => {
    const { answer, sources, products } = await assistant.ask(question, undefined);
    expect(sources[0]?.id).toBe(expected);
    expect(answer.length).toBeGreaterThan(20);
    expect(products).toEqual([]);
  });
});

test.each(['Who won the football world cup?', 'do you sell unicorn insurance', 'hello', '???'])(
  'abstains: %s',
  async (question) => {
    expect(await assistant.ask(question, undefined)).toMatchObject({ abstained: true, products: [], sources: [] });
  },
);
