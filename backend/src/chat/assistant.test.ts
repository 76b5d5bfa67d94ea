import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../catalogue/load.ts';
import { embeddedRetrieval } from '../retrieval/embedded.ts';
import { Assistant } from './assistant.ts';
import { collect } from './events.ts';
import { ExtractiveModel } from './extractive-model.ts';
import { MemorySessions } from './memory-sessions.ts';

const { signal } = new AbortController();
let assistant: Assistant;
beforeAll(async () => {
  const catalogue = await loadCatalogue(fileURLToPath(new URL('../../data', import.meta.url)));
  const { language, retriever } = await embeddedRetrieval(catalogue, signal);
  const sessions = new MemorySessions();
  assistant = new Assistant({ catalogue, language, retriever, model: new ExtractiveModel(), sessions });
});

const ask = (message: string, sessionId?: string) => collect(assistant.ask(message, sessionId, signal));

describe('products', () => {
  test.each([
    ['I need a rucksack for my laptop', 'nomad-backpack'],
    ['a warm light for the tent', 'lantern-glow'],
    ['something to grind coffee beans by hand', 'burr-grinder-one'],
    ['noise cancelling headphnes', 'lark-headphones'],
    ['What do you have for sleeping warm outdoors?', 'cloud-sleeping-bag'],
  ])('%s', async (question, expected) => {
    const { products, abstained } = await ask(question);
    expect(abstained).toBe(false);
    expect(products.map(({ id }) => id)).toContain(expected);
  });

  test('a price limit and stock are obeyed', async () => {
    const cheap = await ask('speakers under 100 euro');
    expect(cheap.products.length).toBeGreaterThan(0);
    expect(cheap.products.every(({ price }) => price <= 100)).toBe(true);
    const any = await ask('record player');
    expect(any.products.map(({ id }) => id)).toContain('spin-turntable');
    const stocked = await ask('record player in stock');
    expect(stocked.products.map(({ id }) => id)).not.toContain('spin-turntable');
  });

  test.each(['any cheaper ones?', 'under 35 euros', 'less than 35 €'])(
    '"%s" goes on with the previous question',
    async (message) => {
      const first = await ask('coffee at home');
      const highest = Math.max(...first.products.map(({ price }) => price));
      const next = await ask(message, first.sessionId);
      expect(next.sessionId).toBe(first.sessionId);
      expect(next.products.length).toBeGreaterThan(0);
      expect(next.products.every(({ price, category }) => price < highest && category === 'Coffee')).toBe(true);
    },
  );

  test('says when the price is what leaves nothing', async () => {
    const { abstained, answer } = await ask('a tent under 5 euro');
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
    const { answer, sources, products } = await ask(question);
    expect(sources[0]?.id).toBe(expected);
    expect(answer.length).toBeGreaterThan(20);
    expect(products).toEqual([]);
  });
});

test.each(['Who won the football world cup?', 'do you sell unicorn insurance', 'hello', '???'])(
  'abstains: %s',
  async (question) => {
    expect(await ask(question)).toMatchObject({ abstained: true, products: [], sources: [] });
  },
);
