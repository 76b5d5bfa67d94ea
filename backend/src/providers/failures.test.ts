import { OutboundError } from '@shop/service/outbound/errors';
import { answer, type Behaviour, hang, reset } from '@shop/service/testing/faulty-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChatModel, ChatPart, Embedder, Passage } from '../chat/ports.ts';
import type { Fake } from '../testing/fake-server.ts';
import { type Fakes, hasty, openAlone, startFakes } from '../testing/providers.ts';
import type { PineconeVectorStore } from './pinecone-store.ts';

let fakes: Fakes;
beforeEach(async () => {
  fakes = await startFakes();
});
afterEach(() => fakes.stop());

const never = new AbortController().signal;
const passages: readonly Passage[] = [{ id: 'ridge-tent', kind: 'product', title: 'Ridge Tent', text: 'A tent.' }];
const openAiError = JSON.stringify({ error: { message: 'sk-12***34 is wrong', type: 'x', param: null, code: 'x' } });

const faults: readonly (readonly [string, Behaviour, object])[] = [
  ['401', answer(401, openAiError), { code: 'refused', status: 401 }],
  ['429', answer(429, '{}', { 'retry-after': '7' }), { code: 'rate_limited', status: 429, retryAfterMs: 7000 }],
  ['500', answer(500, '{"error":"no"}'), { code: 'failed', status: 500 }],
  ['503 as a page', answer(503, '<html>'), { code: 'failed', status: 503 }],
  ['a black hole', hang, { code: 'timeout' }],
  ['a connection that is reset', reset, { code: 'failed' }],
  ['a body that is no JSON', answer(200, '<html>'), { code: 'failed', status: 200 }],
  ['a body of another shape', answer(200, '{"data":[{"x":1}],"matches":[{"x":1}]}'), { code: 'failed', status: 200 }],
];

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function read(model: ChatModel, signal = never) {
  const parts: ChatPart[] = [];
  for await (const part of model.answer({ question: 'which tent?', passages }, signal)) parts.push(part);
  return parts;
}

async function vectorsOf(settings: object): Promise<{ embedder: Embedder; store: PineconeVectorStore }> {
  const { embedder, store } = await openAlone({ ...fakes.settings.pinecone, ...settings });
  if (embedder === undefined || store === undefined) throw new Error('not opened');
  return { embedder, store };
}

async function modelOf(settings: object): Promise<ChatModel> {
  const { model } = await openAlone(settings);
  if (model === undefined) throw new Error('not opened');
  return model;
}

const search = { vector: [1, ...Array<number>(1023).fill(0)], limit: 3, filter: {} };

const calls: readonly (readonly [string, () => Fake, (times: object) => Promise<() => Promise<unknown>>])[] = [
  [
    'embeddings of openai',
    () => fakes.openai,
    async (times) => {
      const { embedder } = await vectorsOf({ ...fakes.settings.openai, ...times });
      return () => embedder.embed(['tent'], never);
    },
  ],
  [
    'embeddings of google',
    () => fakes.google,
    async (times) => {
      const { embedder } = await vectorsOf({ ...fakes.settings.google, ...times });
      return () => embedder.embed(['tent'], never);
    },
  ],
  [
    'search in pinecone',
    () => fakes.pinecone,
    async (times) => {
      const { store } = await vectorsOf({ pineconeIndexUrl: fakes.pinecone.indexUrl, ...times });
      return () => store.search(search, never);
    },
  ],
  [
    'chat of openai',
    () => fakes.openai,
    async (times) => {
      const model = await modelOf({ ...fakes.settings.openai, ...times });
      return () => read(model);
    },
  ],
  [
    'chat of google',
    () => fakes.google,
    async (times) => {
      const model = await modelOf({ ...fakes.settings.google, ...times });
      return () => read(model);
    },
  ],
];

describe.each(calls)('%s', (_name, fake, open) => {
  test.each(faults)('%s is one OutboundError that keeps what the provider said of keys to itself', async (...fault) => {
    const call = await open(fault[1] === hang ? hasty : {});
    fake().behave(fault[1]);
    const error = await errorOf(call());
    expect(error).toBeInstanceOf(OutboundError);
    expect(error).toMatchObject(fault[2]);
    expect(String(error)).not.toContain('sk-12');
  });

  test('after five failures it is not called any more', async () => {
    const call = await open({});
    fake().behave(answer(500, '{}'));
    for (let count = 0; count < 5; count += 1) await errorOf(call());
    const { length } = fake().seen;
    expect(await errorOf(call())).toMatchObject({ code: 'circuit_open' });
    expect(fake().seen).toHaveLength(length);
  });
});

describe.each(['openai', 'google'] as const)('a stream of %s', (provider) => {
  const cuts = [
    [
      { after: 8, then: 'reset' },
      { code: 'failed', status: 200 },
    ],
    [{ after: 8, then: 'hang' }, { code: 'timeout' }],
    [
      { after: 8, then: 'end' },
      { code: 'failed', status: 200 },
    ],
  ] as const;

  test.each(cuts)('that breaks off (%j) fails after what came', async (cut, expected) => {
    const model = await modelOf({ ...fakes.settings[provider], ...(cut.then === 'hang' ? hasty : {}) });
    fakes[provider].control.script = () => 'Ridge Tent [[ridge-tent]] fits you and everybody else best.';
    fakes[provider].control.cut = cut;
    const parts: ChatPart[] = [];
    const reading = (async () => {
      for await (const part of model.answer({ question: 'which tent?', passages }, never)) parts.push(part);
    })();
    expect(await errorOf(reading)).toMatchObject(expected);
    expect(parts).toContainEqual({ type: 'cited', ids: ['ridge-tent'] });
  });

  test('is ended at the provider when the customer leaves', async () => {
    const model = await modelOf(fakes.settings[provider]);
    fakes[provider].control.cut = { after: 4, then: 'hang' };
    const customer = new AbortController();
    const reading = errorOf(read(model, customer.signal));
    await expect.poll(() => fakes[provider].running().open).toBe(1);
    customer.abort(new Error('gone'));
    expect(await reading).toMatchObject({ message: 'gone' });
    await expect.poll(() => fakes[provider].running().open).toBe(0);
  });
});

test('vectors of another size than the one asked for are an error that says so', async () => {
  const { embedder } = await vectorsOf(fakes.settings.openai);
  fakes.openai.behave(
    answer(200, JSON.stringify({ object: 'list', data: [{ embedding: [1, 2], index: 0 }], model: 'x' })),
  );
  expect(await errorOf(embedder.embed(['tent'], never))).toMatchObject({
    message: expect.stringContaining('vectors of 2 numbers instead of 1024') as string,
  });
});

describe('health', () => {
  test('asks for what costs nothing, and not at every ping', async () => {
    const { embedder, store } = await vectorsOf(fakes.settings.openai);
    await store.upsert([{ id: 'a', vector: search.vector, facts: { kind: 'article' } }], never);
    fakes.pinecone.requests.length = 0;
    const model = await modelOf(fakes.settings.openai);
    for (let count = 0; count < 20; count += 1) {
      for (const part of [embedder, store, model]) await part.ping(AbortSignal.timeout(1000));
    }
    expect(fakes.openai.requests.map(({ url }) => url.pathname)).toEqual(['/v1/models', '/v1/models']);
    expect(fakes.pinecone.requests.map(({ url }) => url.pathname)).toEqual(['/data/describe_index_stats']);
  });

  test.each(faults.filter(([name]) => !name.startsWith('a body')))('%s is told, also by pinecone', async (...fault) => {
    const { embedder, store } = await vectorsOf({
      ...fakes.settings.google,
      pineconeIndexUrl: fakes.pinecone.indexUrl,
    });
    fakes.google.behave(fault[1]);
    fakes.pinecone.behave(fault[1]);
    for (const part of [embedder, store]) {
      const error = await errorOf(part.ping(AbortSignal.timeout(200)));
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain('sk-12');
    }
  });

  test('an index of another size is told', async () => {
    const { store } = await vectorsOf({ ...fakes.settings.openai, embeddingDimensions: 512 });
    const error = await errorOf(store.ping(AbortSignal.timeout(1000)));
    expect(String(error)).toContain('the index has 1024 dimensions, the vectors have 512');
  });
});
