import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuse } from './fusion.ts';
import { HashedEmbedder } from './hashed-embedder.ts';
import { MemoryVectorStore } from './memory-vector-store.ts';

const embedder = new HashedEmbedder();
const facts = { kind: 'product', category: 'Camping', price: 10, inStock: true } as const;

async function cosine(one: string, other: string): Promise<number> {
  const [a, b] = await embedder.embed([one, other]);
  return Array.from(a ?? [], (value, index) => value * (b?.[index] ?? 0)).reduce((sum, product) => sum + product, 0);
}

describe('hashed vectors', () => {
  test('have length 1 and their dimensions, whatever the text; nothing said is the zero vector', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
        const [vector = new Float32Array()] = await embedder.embed([text]);
        expect(vector).toHaveLength(embedder.dimensions);
        const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
        expect(Math.min(Math.abs(length - 1), length)).toBeLessThan(1e-5);
      }),
    );
  });

  test('of misspelt words and other forms of a word are near, of other words are not', async () => {
    expect(await cosine('headphones', 'headphnoes')).toBeGreaterThan(0.4);
    expect(await cosine('sleeping bags', 'a bag to sleep in')).toBeGreaterThan(0.6);
    expect(await cosine('headphones', 'watering can')).toBeLessThan(embedder.similarity.unrelated);
  });
});

describe('the store in memory', () => {
  const texts = ['ridge tent', 'gas stove', 'camp chair'];
  const filled = async () => {
    const store = new MemoryVectorStore();
    const vectors = await embedder.embed(texts);
    await store.upsert(vectors.map((vector, index) => ({ id: texts[index] ?? '', vector, facts })));
    return store;
  };
  const query = async (text: string) => (await embedder.embed([text]))[0] ?? new Float32Array();

  test('finds the nearest first, no more than asked for, and only what passes the filter', async () => {
    const store = await filled();
    const vector = await query('gas stove');
    const [first, ...rest] = await store.search({ vector, limit: 2, filter: {} });
    expect(first?.id).toBe('gas stove');
    expect(first?.score).toBeCloseTo(1, 5);
    expect(rest).toHaveLength(1);
    expect(await store.search({ vector, limit: 2, filter: { maxPrice: 9 } })).toEqual([]);
  });

  test('of equals the lesser id comes first; what is written again is replaced', async () => {
    const store = await filled();
    const vector = await query('gas stove');
    await store.upsert([{ id: 'a stove', vector, facts }]);
    expect((await store.search({ vector, limit: 2, filter: {} })).map(({ id }) => id)).toEqual([
      'a stove',
      'gas stove',
    ]);
    await store.upsert([{ id: 'a stove', vector: await query('camp chair'), facts }]);
    expect((await store.search({ vector, limit: 1, filter: {} })).map(({ id }) => id)).toEqual(['gas stove']);
  });

  test('is not ready while it is empty', async () => {
    await expect(new MemoryVectorStore().ping()).rejects.toThrow('empty');
    await expect((await filled()).ping()).resolves.toBeUndefined();
  });
});

describe('fusion', () => {
  test('what several rankings have comes before what one has; weights count; of equals the lesser id is first', () => {
    const ids = (rankings: Parameters<typeof fuse>[0]) => fuse(rankings).map(({ id }) => id);
    const [ab, bc] = [
      { ids: ['a', 'b'], weight: 1 },
      { ids: ['b', 'c'], weight: 1 },
    ];
    expect(ids([ab, bc])).toEqual(['b', 'a', 'c']);
    expect(ids([ab, { ids: ['z'], weight: 2 }])[0]).toBe('z');
    expect(
      ids([
        { ids: ['y'], weight: 1 },
        { ids: ['x'], weight: 1 },
      ]),
    ).toEqual(['x', 'y']);
  });
});
