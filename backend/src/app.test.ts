import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startForTest } from './testing/service.ts';

let service: Awaited<ReturnType<typeof startForTest>>;
let dataDir = '';
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shop-data-'));
  service = await startForTest({ dataDir });
});
afterAll(async () => {
  await service.stop();
  await rm(dataDir, { recursive: true });
});

const errorBody = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  correlationId: z.string(),
});
const productList = z.object({ products: z.array(z.object({ id: z.string() })), total: z.number() });
const logLine = z.object({ correlationId: z.string().optional(), msg: z.string(), logger: z.string() });

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  return fetch(service.url + path, { ...init, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

describe('health', () => {
  test('/health and /health/live', async () => {
    expect(await (await fetch(`${service.url}/health`)).json()).toMatchObject({ status: 'healthy', version: '9.9.9' });
    const live = await fetch(`${service.url}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'alive' }]);
  });

  test('/health/ready tells every dependency', async () => {
    const ready = await fetch(`${service.url}/health/ready`);
    expect(ready.status).toBe(200);
    const check = (name: string) =>
      z.object({ name: z.literal(name), status: z.literal('healthy'), latency_ms: z.number() });
    z.strictObject({
      status: z.literal('healthy'),
      timestamp: z.iso.datetime(),
      version: z.literal('9.9.9'),
      uptime_seconds: z.number().positive(),
      checks: z.strictObject({ embedder: check('embedder'), vector_store: check('vector_store'), llm: check('llm') }),
    }).parse(await ready.json());
  });
});

describe('products', () => {
  test('as many as asked for, and by words', async () => {
    const all = productList.parse(await (await fetch(`${service.url}/api/products?limit=100`)).json());
    expect(all.products).toHaveLength(100);
    expect(all.total).toBeGreaterThanOrEqual(220);
    const some = productList.parse(await (await fetch(`${service.url}/api/products?limit=3`)).json());
    expect(some).toEqual({ products: all.products.slice(0, 3), total: all.total });
    const found = productList.parse(await (await fetch(`${service.url}/api/products?query=backpack`)).json());
    expect(found.products[0]?.id).toBe('nomad-backpack');
  });

  test('one, and one that is not there', async () => {
    expect(await (await fetch(`${service.url}/api/products/nomad-backpack`)).json()).toMatchObject({
      id: 'nomad-backpack',
    });
    const absent = await fetch(`${service.url}/api/products/absent`);
    expect(absent.status).toBe(404);
    expect(errorBody.parse(await absent.json()).code).toBe('product_not_found');
  });
});

describe('errors', () => {
  test.each([
    ['broken JSON', '{', 400, 'entity_parse_failed'],
    ['no message', {}, 400, 'invalid_request'],
    ['a strange field', { message: 'x', role: 'admin' }, 400, 'invalid_request'],
    ['an empty message', { message: '  ' }, 400, 'invalid_request'],
    ['a body that is too large', { message: 'x'.repeat(200_000) }, 413, 'entity_too_large'],
  ])('%s', async (_name, body, status, code) => {
    const response = await post('/api/chat', body, { 'x-correlation-id': 'my-own-id' });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = errorBody.parse(await response.json());
    expect(problem).toMatchObject({ code, status, correlationId: 'my-own-id' });
  });

  test('a limit out of bounds, an unknown address, a malformed address', async () => {
    for (const [path, status] of [
      ['/api/products?limit=0', 400],
      ['/nowhere', 404],
      ['/api/products/%ff', 400],
    ] as const) {
      const response = await fetch(service.url + path);
      expect([path, response.status]).toEqual([path, status]);
      errorBody.parse(await response.json());
    }
  });
});

describe('correlation id', () => {
  test.each(['short', 'has space in it', 'x'.repeat(65), 'quote"quote', '<script>alert'])(
    '%s is replaced',
    async (bad) => {
      const response = await fetch(`${service.url}/health`, { headers: { 'x-correlation-id': bad } });
      z.uuid().parse(response.headers.get('x-correlation-id'));
    },
  );

  test('1,000 parallel requests never mix theirs', async () => {
    service.lines.length = 0;
    const ids = Array.from({ length: 1000 }, (_, index) => `request-${index}-end`);
    await Promise.all(
      ids.map(async (id, index) => {
        const response = await post(
          '/api/chat',
          { message: `tent ${id}`, sessionId: `session-${index}` },
          { 'x-correlation-id': id },
        );
        expect(response.headers.get('x-correlation-id')).toBe(id);
        await response.text();
      }),
    );
    const lines = service.lines.map((line) =>
      z.looseObject({ ...logLine.shape, sessionId: z.string().optional() }).parse(JSON.parse(line)),
    );
    for (const [index, id] of ids.entries()) {
      const own = lines.filter(({ correlationId }) => correlationId === id);
      expect(own.map(({ logger }) => logger).sort()).toEqual(['access', 'chat']);
      expect(own.find(({ logger }) => logger === 'chat')?.sessionId).toBe(`session-${index}`);
    }
    expect(lines).toHaveLength(2000);
  }, 60_000);
});

test('feedback is kept', async () => {
  const response = await post(
    '/api/feedback',
    { sessionId: 'session-1', helpful: true },
    { 'x-correlation-id': 'feedback-id' },
  );
  expect(response.status).toBe(204);
  const kept: unknown = JSON.parse(await readFile(join(dataDir, 'feedback.jsonl'), 'utf8'));
  expect(kept).toMatchObject({ sessionId: 'session-1', helpful: true, correlationId: 'feedback-id' });
});

test('with a token, /api is closed to others while health stays open', async () => {
  const apiToken = 'a-long-enough-secret';
  const closed = await startForTest({ apiToken });
  const status = async (path: string, authorization?: string) =>
    (await fetch(closed.url + path, authorization === undefined ? {} : { headers: { authorization } })).status;
  expect(await status('/api/products')).toBe(401);
  expect(await status('/api/products', 'Bearer wrong')).toBe(401);
  expect(await status('/api/products', `Bearer ${apiToken}`)).toBe(200);
  expect(await status('/health/ready')).toBe(200);
  await closed.stop();
  expect(closed.lines.join('')).not.toContain(apiToken);
});
