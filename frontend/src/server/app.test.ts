import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { listenAnywhere, startForTest } from './testing/frontend.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let seen: Seen[] = [];
let broken = false;
let backend: Awaited<ReturnType<typeof listenAnywhere>>;
let frontend: Awaited<ReturnType<typeof startForTest>>;

beforeEach(async () => {
  seen = [];
  broken = false;
  backend = await listenAnywhere(async (request, response) => {
    const body = await text(request);
    if (request.url === '/api/hang') return;
    if (request.url !== '/health')
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.writeHead(broken ? 500 : request.url === '/api/teapot' ? 418 : 200, {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify({ echo: body }));
  });
  frontend = await startForTest({ backendUrl: backend.url, apiToken: 'a-long-enough-secret', proxyTimeoutMs: 2000 });
});
afterEach(async () => {
  await frontend.stop();
  await backend.close();
});

const errorBody = z.object({ status: z.number(), detail: z.string(), code: z.string(), correlationId: z.string() });

describe('/api', () => {
  test('goes to the backend with its body, the correlation id and the token', async () => {
    const response = await fetch(`${frontend.url}/api/chat?x=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-correlation-id': 'from-the-page' },
      body: '{"message":"hi"}',
    });
    expect(await response.json()).toEqual({ echo: '{"message":"hi"}' });
    expect(response.headers.get('x-correlation-id')).toBe('from-the-page');
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/api/chat?x=1',
        body: '{"message":"hi"}',
        headers: { 'x-correlation-id': 'from-the-page', authorization: 'Bearer a-long-enough-secret' },
      },
    ]);
    expect(frontend.lines.join('')).not.toContain('a-long-enough-secret');
  });

  test('gets an id when the request has none or a bad one, the same in answer, backend and log', async () => {
    for (const headers of [{}, { 'x-correlation-id': 'bad id' }]) {
      const id = (await fetch(`${frontend.url}/api/products`, { headers })).headers.get('x-correlation-id');
      z.uuid().parse(id);
      expect(seen.at(-1)?.headers['x-correlation-id']).toBe(id);
      expect(frontend.lines.at(-1)).toContain(`"correlationId":"${id ?? ''}"`);
    }
  });

  test('200 parallel requests never mix their ids', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `request-${index}-end`);
    await Promise.all(
      ids.map(async (id) => {
        const response = await fetch(`${frontend.url}/api/chat`, {
          method: 'POST',
          body: id,
          headers: { 'x-correlation-id': id },
        });
        expect([await response.json(), response.headers.get('x-correlation-id')]).toEqual([{ echo: id }, id]);
      }),
    );
    expect(seen.map(({ body, headers }) => [body, headers['x-correlation-id']])).toEqual(
      seen.map(({ body }) => [body, body]),
    );
    const logged = frontend.lines.map(
      (line) => z.object({ correlationId: z.string() }).parse(JSON.parse(line)).correlationId,
    );
    expect(logged.sort()).toEqual(ids.sort());
  });

  test('passes on what the backend refuses', async () => {
    expect((await fetch(`${frontend.url}/api/teapot`)).status).toBe(418);
  });

  test.each(['stopped', 'silent'])('answers 503 with the id when the backend is %s', async (how) => {
    if (how === 'stopped') await backend.close();
    const response = await fetch(`${frontend.url}/api/hang`, { headers: { 'x-correlation-id': 'lost-request' } });
    expect(response.status).toBe(503);
    expect(errorBody.parse(await response.json())).toMatchObject({
      code: 'backend_unavailable',
      correlationId: 'lost-request',
    });
    const lines = frontend.lines.filter((line) => line.includes('"correlationId":"lost-request"'));
    expect(lines.map((line) => z.object({ logger: z.string() }).parse(JSON.parse(line)).logger)).toEqual([
      'proxy',
      'access',
    ]);
    if (how === 'stopped') backend = await listenAnywhere(() => undefined);
  });
});

describe('page', () => {
  test('is served under a strict policy', async () => {
    const response = await fetch(frontend.url);
    expect(await response.text()).toContain('<title>shop</title>');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  test('is sent compressed to a browser that takes that', async () => {
    const files = `${frontend.url}/assets/page.js`;
    const headers = { 'accept-encoding': 'gzip' };
    const response = await fetch(files, { headers });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).toContain('shop');
  });

  test('an unknown address is answered with 404 and the id', async () => {
    const response = await fetch(`${frontend.url}/nowhere`);
    expect(response.status).toBe(404);
    expect(errorBody.parse(await response.json()).correlationId).toBe(response.headers.get('x-correlation-id'));
  });
});

describe('health', () => {
  test('live and ready', async () => {
    expect(await (await fetch(`${frontend.url}/health/live`)).json()).toEqual({ status: 'alive' });
    const ready = await fetch(`${frontend.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'healthy',
      version: '9.9.9',
      checks: { backend: { status: 'healthy' } },
    });
  });

  test.each(['is stopped', 'answers 500'])('is not ready, but alive, when its backend %s', async (how) => {
    if (how === 'is stopped') await backend.close();
    else broken = true;
    let ready = await fetch(`${frontend.url}/health/ready`);
    while (ready.status === 200) {
      await ready.text();
      await delay(20);
      ready = await fetch(`${frontend.url}/health/ready`);
    }
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'unhealthy', checks: { backend: { status: 'unhealthy' } } });
    expect((await fetch(`${frontend.url}/health`)).status).toBe(200);
    if (how === 'is stopped') backend = await listenAnywhere(() => undefined);
  });
});
