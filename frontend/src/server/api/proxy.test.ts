import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listenAnywhere, startForTest } from '../testing/frontend.ts';

const token = (text: string) => `event: token\ndata: ${JSON.stringify({ text })}\n\n`;

let stream: PromiseWithResolvers<ServerResponse>;
let backend: Awaited<ReturnType<typeof listenAnywhere>>;
let frontend: Awaited<ReturnType<typeof startForTest>>;

beforeEach(async () => {
  stream = Promise.withResolvers();
  backend = await listenAnywhere((request, response) => {
    request.resume();
    if (request.url === '/health') {
      response.end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(token('first'));
    stream.resolve(response);
  });
  frontend = await startForTest({ backendUrl: backend.url, proxyTimeoutMs: 2000 });
});
afterEach(async () => {
  await frontend.stop();
  await backend.close();
});

async function ask(signal: AbortSignal | null = null) {
  const response = await fetch(`${frontend.url}/api/chat`, {
    method: 'POST',
    headers: { 'x-correlation-id': 'streamed-answer' },
    body: '{"message":"hi"}',
    signal,
  });
  const body = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (body === undefined) throw new Error('the answer has no body');
  return { response, body, toBackend: await stream.promise };
}

const proxyLines = () => frontend.lines.filter((line) => line.includes('"logger":"proxy"'));

describe('a streamed answer', () => {
  test('arrives piece by piece: the first before the backend sends the last', async () => {
    const { response, body, toBackend } = await ask();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-correlation-id')).toBe('streamed-answer');
    expect(await body.read()).toEqual({ done: false, value: token('first') });
    toBackend.end(token('last'));
    expect(await body.read()).toEqual({ done: false, value: token('last') });
    expect(await body.read()).toMatchObject({ done: true });
  });

  test('that the customer leaves is ended in the backend, and is no error', async () => {
    const leave = new AbortController();
    const { body, toBackend } = await ask(leave.signal);
    await body.read();
    const closed = once(toBackend, 'close');
    leave.abort();
    await closed;
    expect(toBackend.writableFinished).toBe(false);
    await (await fetch(`${frontend.url}/health`)).text();
    expect(proxyLines()).toEqual([]);
  });

  test.each(['breaks off', 'goes silent'])('whose backend %s ends for the customer too, and is logged', async (how) => {
    const { body, toBackend } = await ask();
    expect(await body.read()).toEqual({ done: false, value: token('first') });
    if (how === 'breaks off') toBackend.destroy();
    await expect(body.read()).rejects.toThrow();
    expect(proxyLines()).toHaveLength(1);
    expect(proxyLines()[0]).toContain('the backend broke off its answer');
    expect(proxyLines()[0]).toContain('"correlationId":"streamed-answer"');
  });
});
