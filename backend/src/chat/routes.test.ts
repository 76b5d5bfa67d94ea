import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { modelOf, serveChat } from '../testing/chat.ts';
import { parseEvents, postChat } from '../testing/events.ts';
import { startForTest } from '../testing/service.ts';
import type { ChatPart } from './ports.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
async function serve(parts: Parameters<typeof serveChat>[0]) {
  const served = await serveChat(parts);
  closers.push(served.close);
  return served;
}

const citations = z.array(z.strictObject({ id: z.string(), kind: z.enum(['product', 'article']), title: z.string() }));
const product = z.looseObject({ id: z.string(), name: z.string(), price: z.number() });
const protocol = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('session'), data: z.strictObject({ sessionId: z.string() }) }),
  z.strictObject({ name: z.literal('token'), data: z.strictObject({ text: z.string() }) }),
  z.strictObject({ name: z.literal('citations'), data: z.strictObject({ citations }) }),
  z.strictObject({ name: z.literal('products'), data: z.strictObject({ products: z.array(product) }) }),
  z.strictObject({
    name: z.literal('done'),
    data: z.strictObject({ sessionId: z.string(), abstained: z.boolean(), degraded: z.boolean() }),
  }),
]);

describe('the embedded assistant', () => {
  let service: Awaited<ReturnType<typeof startForTest>>;
  beforeAll(async () => {
    service = await startForTest();
  });
  afterAll(() => service.stop());

  const ask = async (body: unknown) => {
    const response = await postChat(`${service.url}/api/chat`, body);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    return z.array(protocol).parse(parseEvents([await response.text()]));
  };

  test('streams session, tokens, citations, products, done, in this order', async () => {
    const events = await ask({ message: 'a tent for two people' });
    const names = events.map(({ name }) => name);
    expect(names.filter((name, index) => name !== names[index - 1])).toEqual([
      'session',
      'token',
      'citations',
      'products',
      'done',
    ]);
    expect(names.filter((name) => name === 'token').length).toBeGreaterThan(1);
    const ids = events.flatMap((event) => (event.name === 'session' ? [event.data.sessionId] : []));
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(events.at(-1)?.data).toEqual({ sessionId: ids[0], abstained: false, degraded: false });
    const shown = events.flatMap((event) => (event.name === 'products' ? event.data.products : []));
    expect(shown.map(({ id }) => id)).toContain('ridge-tent-2');
  });

  test('streams an abstention too, with nothing cited', async () => {
    const events = await ask({ message: 'Who won the football world cup?' });
    expect(events.slice(-3).map(({ data }) => data)).toMatchObject([
      { citations: [] },
      { products: [] },
      { abstained: true },
    ]);
    expect(events.some(({ name }) => name === 'token')).toBe(true);
  });

  test('says the same at once to who asks for JSON, and 406 to who accepts neither', async () => {
    const body = { message: 'a tent for two people' };
    const events = await ask(body);
    const response = await postChat(`${service.url}/api/chat`, body, { accept: 'application/json' });
    const whole = z
      .looseObject({ answer: z.string(), sources: citations, products: z.array(product) })
      .parse(await response.json());
    expect(whole.answer).toBe(events.map((event) => (event.name === 'token' ? event.data.text : '')).join(''));
    expect(events.find(({ name }) => name === 'citations')?.data).toEqual({ citations: whole.sources });
    expect(events.find(({ name }) => name === 'products')?.data).toEqual({ products: whole.products });
    const neither = await postChat(`${service.url}/api/chat`, body, { accept: 'image/png' });
    expect([neither.status, await neither.json()]).toMatchObject([406, { code: 'not_acceptable' }]);
  });
});

describe('failures', () => {
  const failing = modelOf(async function* () {
    yield { type: 'text', text: 'So' };
    await Promise.reject(new Error('the model has no more words'));
  });

  test('before the first event is problem+json', async () => {
    const retriever = { retrieve: () => Promise.reject(new Error('nothing can be found')) };
    const { url } = await serve({ model: failing, retriever });
    const response = await postChat(url, { message: 'tent' }, { 'x-correlation-id': 'early-failure' });
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'internal_error', correlationId: 'early-failure' });
  });

  test('later is an event with the same body, tells nothing of the cause, and is logged', async () => {
    const { url, lines } = await serve({ model: failing });
    const response = await postChat(url, { message: 'tent' }, { 'x-correlation-id': 'late-failure' });
    const text = await response.text();
    const events = parseEvents([text]);
    expect(events.map(({ name }) => name)).toEqual(['session', 'token', 'error']);
    expect(events.at(-1)?.data).toMatchObject({ status: 500, code: 'internal_error', correlationId: 'late-failure' });
    expect(text).not.toContain('no more words');
    expect(lines.filter((line) => line.includes('the model has no more words'))).toHaveLength(1);
  });
});

test('each piece is sent at once', async () => {
  const second = Promise.withResolvers<undefined>();
  const model = modelOf(async function* () {
    yield { type: 'text', text: 'first' };
    await second.promise;
    yield { type: 'text', text: 'second' };
  });
  const { url } = await serve({ model });
  const { body } = await postChat(url, { message: 'tent' });
  let received = '';
  for await (const piece of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    received += piece;
    // It ends only if the first piece comes before the second one is made.
    if (received.includes('first')) second.resolve(undefined);
  }
  expect(received).toContain('second');
});

test('a client that leaves stops the work', async () => {
  const stopped = Promise.withResolvers<unknown>();
  const model = modelOf(async function* (signal): AsyncGenerator<ChatPart> {
    yield { type: 'text', text: 'first' };
    await delay(60_000, undefined, { signal }).catch(stopped.resolve);
    throw new Error('stopped');
  });
  const { url, lines } = await serve({ model });
  const client = new AbortController();
  const { body } = await postChat(url, { message: 'tent' }, {}, client.signal);
  await body?.getReader().read();
  client.abort();
  expect(await stopped.promise).toMatchObject({ name: 'AbortError' });
  await expect.poll(() => lines.join('')).toContain('the client left');
  expect(lines.join('')).not.toContain('"level":50');
});
