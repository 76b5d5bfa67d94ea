import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, hang, pieces, startFaultyServer } from '../testing/faulty-server.ts';
import { OutboundError } from './errors.ts';
import { outboundFetch } from './fetch.ts';
import { Outbound, type OutboundOptions } from './outbound.ts';

let server: Awaited<ReturnType<typeof startFaultyServer>>;
beforeEach(async () => {
  server = await startFaultyServer();
});
afterEach(() => server.stop());

const outbound = (more: Partial<OutboundOptions> = {}) =>
  new Outbound({
    name: 'the other',
    deadlineMs: 60_000,
    silenceMs: 60_000,
    maxConcurrent: 1,
    maxQueued: 0,
    failuresToOpen: 2,
    openMs: 60_000,
    retryDelayMs: 20,
    ...more,
  });

async function* read(): AsyncGenerator<string> {
  const response = await outboundFetch(server.url);
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  const decoder = new TextDecoder();
  for await (const chunk of response.body) yield decoder.decode(chunk as Uint8Array);
}

async function collect(other: Outbound, signal?: AbortSignal) {
  let text = '';
  try {
    for await (const piece of other.stream(read, { signal })) text += piece;
  } catch (error) {
    return { text, error };
  }
  return { text, error: undefined };
}

test('pieces arrive as they are sent, and the place is free afterwards', async () => {
  server.behave(pieces(['a', 'b', 'c'], 'end'));
  const other = outbound();
  expect(await collect(other)).toEqual({ text: 'abc', error: undefined });
  expect(await collect(other)).toEqual({ text: 'abc', error: undefined });
});

describe('failures', () => {
  test('a connection that breaks in the middle', async () => {
    server.behave(pieces(['a'], 'reset'));
    const other = outbound();
    const { text, error } = await collect(other);
    expect(text).toBe('a');
    expect(error).toMatchObject({ code: 'failed', status: 200 });
    await collect(other);
    expect(other.state).toBe('open');
    expect((await collect(other)).error).toMatchObject({ code: 'circuit_open' });
  });

  test.each([
    ['before the first piece', hang, ''],
    ['in the middle', pieces(['a'], 'hang'), 'a'],
  ])('silence %s ends the stream and its connection', async (_name, behaviour, text) => {
    server.behave(behaviour);
    const result = await collect(outbound({ silenceMs: 150 }));
    expect(result.text).toBe(text);
    expect(result.error).toMatchObject({ code: 'timeout', message: 'the other was silent for 150 ms' });
    await expect.poll(() => server.running().open).toBe(0);
  });

  test('a stream that never ends is ended by the deadline', async () => {
    server.behave(async (_request, response) => {
      response.writeHead(200);
      while (!response.destroyed) {
        response.write('a');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const { text, error } = await collect(outbound({ deadlineMs: 200 }));
    expect(text.length).toBeGreaterThan(1);
    expect(error).toMatchObject({ code: 'timeout' });
  });

  test('an error status', async () => {
    server.behave(answer(500, '{}'));
    const { error } = await collect(outbound());
    expect(error).toBeInstanceOf(OutboundError);
    expect(error).toMatchObject({ code: 'failed', status: 500 });
  });
});

describe('a reader that goes away', () => {
  test('ends the call, frees the place and counts for nothing', async () => {
    server.behave(pieces(['a'], 'hang'));
    const other = outbound();
    for (let count = 0; count < 5; count += 1) {
      for await (const piece of other.stream(read, {})) {
        expect(piece).toBe('a');
        break;
      }
      await expect.poll(() => server.running().open).toBe(0);
    }
    expect(other.state).toBe('closed');
  });

  test('by its signal too, with the reason it gave', async () => {
    server.behave(pieces(['a'], 'hang'));
    const caller = new AbortController();
    const collected = collect(outbound(), caller.signal);
    await expect.poll(() => server.running().open).toBe(1);
    caller.abort(new Error('gone'));
    expect((await collected).error).toMatchObject({ message: 'gone' });
    await expect.poll(() => server.running().open).toBe(0);
  });
});
