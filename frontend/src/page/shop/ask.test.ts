import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask } from './chat-stream.ts';
import type { ChatEvent } from './protocol.ts';
import { ShopError } from './shop-error.ts';

let answer: (response: ServerResponse) => void;
const server = createServer((request, response) => {
  request.resume();
  answer(response);
});

beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const { port } = address;
  const realFetch = fetch;
  // In a page, addresses are those of its server.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => realFetch(`http://127.0.0.1:${port}${path}`, init));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const started = (response: ServerResponse, body: string) =>
  response
    .writeHead(200, { 'content-type': 'text/event-stream', 'x-correlation-id': 'the-id' })
    .write(`event: token\ndata: {"text":"a"}\n\n${body}`);

async function outcome(signal = new AbortController().signal) {
  const events: ChatEvent[] = [];
  try {
    for await (const event of ask({ message: 'hi', sessionId: undefined }, signal)) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  }
}

describe('ask', () => {
  test('ends with the event that says so', async () => {
    answer = (response) =>
      started(response, 'event: done\ndata: {"sessionId":"s","abstained":false,"degraded":false}\n\n');
    expect(await outcome()).toMatchObject({ events: [{ type: 'token' }, { type: 'done' }], error: undefined });
  });

  test.each([
    ['ends too early', (response: ServerResponse) => response.end()],
    ['says what it should not', (response: ServerResponse) => response.end('event: done\ndata: {}\n\n')],
  ])('fails when the answer %s, after what had come', async (_how, then) => {
    answer = (response) => {
      started(response, '');
      then(response);
    };
    const { events, error } = await outcome();
    expect(events).toEqual([{ type: 'token', text: 'a' }]);
    expect(error).toMatchObject({ name: 'ShopError', kind: 'broken', correlationId: 'the-id' });
  });

  test('an error in the stream is the error of the question', async () => {
    answer = (response) => {
      started(response, 'event: error\ndata: {"status":503,"code":"overloaded","correlationId":"told"}\n\n');
      response.end();
    };
    expect((await outcome()).error).toMatchObject({ kind: 'busy', correlationId: 'told' });
  });

  test.each([
    [429, 'rate_limited', 'limited'],
    [503, 'overloaded', 'busy'],
    [503, 'backend_unavailable', 'unreachable'],
    [504, 'x', 'unreachable'],
    [400, 'invalid_request', 'refused'],
    [500, 'internal_error', 'broken'],
  ])('an answer with %i %s is %s, with when to ask again', async (status, code, kind) => {
    answer = (response) => {
      response.writeHead(status, { 'retry-after': '7', 'x-correlation-id': 'the-id' });
      response.end(JSON.stringify({ status, code }));
    };
    expect((await outcome()).error).toMatchObject({ kind, correlationId: 'the-id', retryAfterMs: 7000 });
  });

  test('no answer at all is a shop that cannot be reached', async () => {
    server.close();
    server.closeAllConnections();
    expect((await outcome()).error).toMatchObject({ kind: 'unreachable' });
  });

  test('whoever leaves gets no ShopError, and the server learns of it', async () => {
    const leaving = new AbortController();
    const left = Promise.withResolvers<undefined>();
    answer = (response) => {
      started(response, '');
      response.once('close', () => {
        left.resolve(undefined);
      });
      setImmediate(() => {
        leaving.abort();
      });
    };
    const { error } = await outcome(leaving.signal);
    expect(error).not.toBeInstanceOf(ShopError);
    expect(error).toBe(leaving.signal.reason);
    await left.promise;
  });
});
