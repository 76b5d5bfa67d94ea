import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtractiveModel } from '../chat/extractive-model.ts';
import type { ChatModel, ChatPart, Embedder, Facts, Passage, VectorRecord, VectorStore } from '../chat/ports.ts';
import { HashedEmbedder } from '../retrieval/hashed-embedder.ts';
import { MemoryVectorStore } from '../retrieval/memory-vector-store.ts';
import { type Fakes, openAlone, startFakes } from '../testing/providers.ts';

/** What every adapter of a port does alike, the embedded one and those of the providers. */
let fakes: Fakes;
beforeEach(async () => {
  fakes = await startFakes();
});
afterEach(() => fakes.stop());

const never = new AbortController().signal;

function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the part was not opened');
  return part;
}

const embedders: Readonly<Record<string, () => Promise<Embedder>>> = {
  embedded: () => Promise.resolve(new HashedEmbedder()),
  openai: async () => {
    const { openai, pinecone } = fakes.settings;
    return present((await openAlone({ ...openai, ...pinecone })).embedder);
  },
  google: async () => {
    const { google, pinecone } = fakes.settings;
    return present((await openAlone({ ...google, ...pinecone })).embedder);
  },
};

describe.each(Object.entries(embedders))('embedder: %s', (_name, open) => {
  test('gives one vector for each text, in order, of the size that it tells', async () => {
    const embedder = await open();
    const texts = Array.from({ length: 150 }, (_, index) => `text number ${index}`);
    const vectors = await embedder.embed(texts, never);
    expect(vectors).toHaveLength(150);
    for (const vector of vectors) expect(vector).toHaveLength(embedder.dimensions);
    const [last] = await embedder.embed(['text number 149'], never);
    expect([...(vectors[149] ?? [])]).toEqual([...(last ?? [])]);
    expect(embedder.similarity.related).toBeGreaterThan(embedder.similarity.unrelated);
  });

  test('gives nothing for nothing, and is healthy', async () => {
    const embedder = await open();
    expect(await embedder.embed([], never)).toEqual([]);
    await embedder.ping(AbortSignal.timeout(1000));
  });
});

const stores: Readonly<Record<string, () => Promise<VectorStore>>> = {
  embedded: () => Promise.resolve(new MemoryVectorStore()),
  'pinecone, by name': async () => present((await openAlone(fakes.settings.pinecone)).store),
  'pinecone, by address': async () => {
    const { pineconeApiKey } = fakes.settings.pinecone;
    return present((await openAlone({ pineconeApiKey, pineconeIndexUrl: fakes.pinecone.indexUrl })).store);
  },
};

const facts: Readonly<Record<string, Facts>> = {
  tent: { kind: 'product', category: 'Camping', price: 200, inStock: true },
  lantern: { kind: 'product', category: 'Camping', price: 35, inStock: false },
  kettle: { kind: 'product', category: 'Coffee', price: 80, inStock: true },
  returns: { kind: 'article' },
};

async function records(): Promise<VectorRecord[]> {
  const ids = Object.keys(facts);
  const vectors = await new HashedEmbedder().embed(ids);
  return ids.map((id, index) => ({ id, vector: vectors[index] ?? [], facts: facts[id] ?? { kind: 'article' } }));
}

describe.each(Object.entries(stores))('vector store: %s', (_name, open) => {
  test('finds the nearest first, with its cosine, and no more than asked for', async () => {
    const store = await open();
    await store.upsert(await records(), never);
    const [vector = []] = await new HashedEmbedder().embed(['kettle']);
    const matches = await store.search({ vector, limit: 2, filter: {} }, never);
    expect(matches).toHaveLength(2);
    expect(matches[0]?.id).toBe('kettle');
    expect(matches[0]?.score).toBeCloseTo(1, 5);
    expect(matches[1]?.score).toBeLessThan(0.9);
  });

  test('finds only what is nearer than asked for', async () => {
    const store = await open();
    await store.upsert(await records(), never);
    const [vector = []] = await new HashedEmbedder().embed(['kettle']);
    const matches = await store.search({ vector, limit: 100, filter: {}, above: 0.9 }, never);
    expect(matches.map(({ id }) => id)).toEqual(['kettle']);
  });

  test.each([
    [{}, ['kettle', 'lantern', 'returns', 'tent']],
    [{ kind: 'article' }, ['returns']],
    [{ category: 'Camping' }, ['lantern', 'tent']],
    [{ maxPrice: 80 }, ['kettle', 'lantern']],
    [{ minPrice: 80 }, ['kettle', 'tent']],
    [{ minPrice: 80, maxPrice: 80 }, ['kettle']],
    [{ inStock: true, category: 'Camping' }, ['tent']],
    [{ category: 'Absent' }, []],
  ] as const)('filter %j', async (filter, ids) => {
    const store = await open();
    await store.upsert(await records(), never);
    const [vector = []] = await new HashedEmbedder().embed(['anything']);
    const matches = await store.search({ vector, limit: 100, filter }, never);
    expect(matches.map(({ id }) => id).sort()).toEqual([...ids]);
  });

  test('a record that is put in again takes the place of the earlier one', async () => {
    const store = await open();
    const all = await records();
    await store.upsert(all, never);
    const kettle = all.filter(({ id }) => id === 'kettle');
    await store.upsert(
      kettle.map((record) => ({ ...record, facts: { ...record.facts, price: 1 } })),
      never,
    );
    const [vector = []] = await new HashedEmbedder().embed(['kettle']);
    expect(await store.search({ vector, limit: 100, filter: {} }, never)).toHaveLength(all.length);
    const cheap = await store.search({ vector, limit: 100, filter: { maxPrice: 1 } }, never);
    expect(cheap.map(({ id }) => id)).toEqual(['kettle']);
  });

  test('is healthy with records in it and not without', async () => {
    await expect((await open()).ping(AbortSignal.timeout(1000))).rejects.toThrow('empty');
    const store = await open();
    await store.upsert(await records(), never);
    await store.ping(AbortSignal.timeout(1000));
  });
});

const models: Readonly<Record<string, () => Promise<ChatModel>>> = {
  embedded: () => Promise.resolve(new ExtractiveModel()),
  openai: async () => present((await openAlone(fakes.settings.openai)).model),
  google: async () => present((await openAlone(fakes.settings.google)).model),
};

const passages: readonly Passage[] = [
  { id: 'ridge-tent', kind: 'product', title: 'Ridge Tent', text: 'A light tent for two. It stands in storms.' },
  { id: 'glow-lantern', kind: 'product', title: 'Glow Lantern', text: 'A warm light for the tent.' },
];

async function read(answer: AsyncIterable<ChatPart>) {
  const parts: ChatPart[] = [];
  for await (const part of answer) parts.push(part);
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
  const cited = parts.flatMap((part) => (part.type === 'cited' ? part.ids : []));
  return { parts, text, cited };
}

describe.each(Object.entries(models))('chat model: %s', (_name, open) => {
  test('answers in pieces from the passages and cites them, without markers in the text', async () => {
    const model = await open();
    const history = [{ question: 'hello', answer: 'Welcome.' }];
    const { parts, text, cited } = await read(model.answer({ question: 'which tent?', passages, history }, never));
    expect(text).toContain('Ridge Tent');
    expect(text).not.toMatch(/[[\]]/);
    expect(passages.map(({ id }) => id)).toEqual(expect.arrayContaining(cited));
    expect(cited).toContain('ridge-tent');
    expect(parts.filter(({ type }) => type === 'text').length).toBeGreaterThan(1);
  });

  test('is healthy', async () => {
    await (await open()).ping(AbortSignal.timeout(1000));
  });
});
