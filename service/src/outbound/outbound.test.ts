import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runInContext } from '../logging/context.ts';
import { answer, type Behaviour, hang, reset, startFaultyServer } from '../testing/faulty-server.ts';
import { OutboundError } from './errors.ts';
import { outboundFetch } from './fetch.ts';
import { Outbound, type OutboundOptions } from './outbound.ts';

let server: Awaited<ReturnType<typeof startFaultyServer>>;
beforeEach(async () => {
  server = await startFaultyServer();
});
afterEach(() => server.stop());

const limits: OutboundOptions = {
  name: 'the other',
  deadlineMs: 60_000,
  silenceMs: 60_000,
  maxConcurrent: 50,
  maxQueued: 50,
  failuresToOpen: 3,
  openMs: 60_000,
  retryDelayMs: 20,
};

const outbound = (more: Partial<OutboundOptions> = {}) => new Outbound({ ...limits, ...more });

async function get(): Promise<unknown> {
  const response = await outboundFetch(server.url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return await response.json();
}

const ask = (other: Outbound, idempotent = false, signal?: AbortSignal) => other.call(get, { idempotent, signal });

async function errorOf(work: Promise<unknown>): Promise<OutboundError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OutboundError)) throw new Error(`not an OutboundError: ${String(error)}`);
  return error;
}

const bad: readonly (readonly [string, Behaviour])[] = [
  ['hangs', hang],
  ['resets', reset],
  ['answers 500', answer(500, '{}')],
  ['answers nonsense', answer(200, '<html>')],
];

describe('a server that', () => {
  test.each(bad)('%s: the circuit opens after three failures and nothing more is sent', async (_name, behaviour) => {
    server.behave(behaviour);
    const other = outbound({ deadlineMs: 150 });
    for (let count = 0; count < 3; count += 1) {
      expect(other.state).toBe('closed');
      expect(['failed', 'timeout']).toContain((await errorOf(ask(other))).code);
    }
    expect(other.state).toBe('open');
    for (let count = 0; count < 100; count += 1) {
      const error = await errorOf(ask(other, true));
      expect(error.code).toBe('circuit_open');
      expect(error.message).toContain('the other is not asked for another 60 s, after: the other ');
    }
    expect(server.seen).toHaveLength(3);
  });

  test('works again: one probe closes the circuit, and others do not wait for it', async () => {
    server.behave(reset);
    const states: string[] = [];
    const other = outbound({ openMs: 100, onStateChange: (state) => states.push(state) });
    for (let count = 0; count < 3; count += 1) await errorOf(ask(other));
    const release = Promise.withResolvers<undefined>();
    server.behave(async (request, response) => {
      await release.promise;
      await answer(200, '"here"')(request, response);
    });
    await delay(110);
    const probe = ask(other);
    await expect.poll(() => server.seen.length).toBe(4);
    const meanwhile = await errorOf(ask(other));
    expect([meanwhile.code, meanwhile.message]).toEqual(['circuit_open', expect.stringContaining('being tried again')]);
    release.resolve(undefined);
    expect(await probe).toBe('here');
    expect(await ask(other)).toBe('here');
    expect(states).toEqual(['open', 'half_open', 'closed']);
  });

  test('is still broken: a failed probe, or one that its caller gave up, leaves the circuit open', async () => {
    server.behave(reset);
    const other = outbound({ openMs: 50 });
    for (let count = 0; count < 3; count += 1) await errorOf(ask(other));
    await delay(60);
    expect((await errorOf(ask(other))).code).toBe('failed');
    expect(other.state).toBe('open');
    await delay(60);
    server.behave(hang);
    const caller = new AbortController();
    const probe = ask(other, false, caller.signal);
    await expect.poll(() => server.seen.length).toBe(5);
    caller.abort(new Error('gone'));
    await expect(probe).rejects.toThrow('gone');
    await expect.poll(() => other.state).toBe('open');
  });
});

describe('deadline', () => {
  test('ends a call that hangs, also one that waits for its turn, and the connection with it', async () => {
    server.behave(hang);
    const other = outbound({ deadlineMs: 150, maxConcurrent: 1 });
    const errors = await Promise.all([errorOf(ask(other)), errorOf(ask(other, true))]);
    expect(errors.map(({ code }) => code)).toEqual(['timeout', 'timeout']);
    expect(errors[0].message).toBe('the other did not answer within 150 ms');
    await expect.poll(() => server.running().open).toBe(0);
  });

  test('holds for work that does not listen to its signal', async () => {
    const other = outbound({ deadlineMs: 50, maxConcurrent: 1, maxQueued: 1 });
    const deaf = () => other.call(() => new Promise(() => undefined), { idempotent: false });
    expect((await errorOf(deaf())).code).toBe('timeout');
    expect((await errorOf(deaf())).code).toBe('timeout');
  });
});

describe('second try', () => {
  const brokenOnce = (first: Behaviour): Behaviour => {
    let count = 0;
    return (request, response) => {
      count += 1;
      return (count === 1 ? first : answer(200, '"here"'))(request, response);
    };
  };

  test.each([
    ['resets', reset],
    ['answers 503', answer(503, '{}')],
  ])('one only, after a while, for an idempotent call to a server that %s', async (_name, behaviour) => {
    server.behave(brokenOnce(behaviour));
    const begun = performance.now();
    expect(await ask(outbound({ retryDelayMs: 100 }), true)).toBe('here');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(49);
    server.behave(behaviour);
    await errorOf(ask(outbound(), true));
    expect(server.seen).toHaveLength(4);
  });

  test('none for a call that is not idempotent, and none where it cannot help', async () => {
    server.behave(brokenOnce(reset));
    expect((await errorOf(ask(outbound()))).code).toBe('failed');
    for (const status of [400, 401, 404, 429]) {
      server.behave(brokenOnce(answer(status, '{}')));
      expect((await errorOf(ask(outbound(), true))).status).toBe(status);
    }
    expect(server.seen).toHaveLength(5);
  });
});

test('no more calls at a time than allowed, a bounded number waits, the rest is refused at once', async () => {
  const release = Promise.withResolvers<undefined>();
  server.behave(async (request, response) => {
    await release.promise;
    await answer(200, '"here"')(request, response);
  });
  const other = outbound({ maxConcurrent: 2, maxQueued: 3 });
  const calls = Array.from({ length: 10 }, () => ask(other));
  const refused = await Promise.all(calls.slice(5).map(errorOf));
  expect(refused.map(({ code }) => code)).toEqual(Array(5).fill('overloaded'));
  await expect.poll(() => server.running().open).toBe(2);
  release.resolve(undefined);
  expect(await Promise.all(calls.slice(0, 5))).toEqual(Array(5).fill('here'));
  expect(server.running().most).toBe(2);
  expect(server.seen).toHaveLength(5);
});

describe('answers', () => {
  test('429 with Retry-After: nothing is sent until then', async () => {
    server.behave(answer(429, '{}', { 'retry-after': '1' }));
    const other = outbound();
    expect(await errorOf(ask(other))).toMatchObject({ code: 'rate_limited', status: 429, retryAfterMs: 1000 });
    server.behave(answer(200, '"here"'));
    const early = await errorOf(ask(other));
    expect(early.code).toBe('rate_limited');
    await delay((early.retryAfterMs ?? 0) + 5);
    expect(await ask(other)).toBe('here');
    expect(server.seen).toHaveLength(2);
  });

  test('a key that is not accepted is told without what the other said', async () => {
    server.behave(answer(401, '{"error":"bad key sk-secret"}'));
    expect(await errorOf(ask(outbound()))).toMatchObject({
      code: 'refused',
      message: 'the other answered 401: the key is not accepted',
    });
  });

  test('what the caller asked wrongly, and what it gave up, says nothing about the other', async () => {
    const other = outbound();
    server.behave(answer(400, '{}'));
    for (let count = 0; count < 10; count += 1) await errorOf(ask(other));
    server.behave(hang);
    for (let count = 0; count < 10; count += 1) {
      const caller = new AbortController();
      const call = ask(other, true, caller.signal);
      await expect.poll(() => server.running().open).toBe(1);
      caller.abort(new Error('gone'));
      await expect(call).rejects.toThrow('gone');
      await expect.poll(() => server.running().open).toBe(0);
    }
    expect(other.state).toBe('closed');
  });
});

test('every call carries the correlation id of the request it is made for', async () => {
  const other = outbound();
  const ids = Array.from({ length: 40 }, (_, index) => `request-${index}`);
  await Promise.all(ids.map((correlationId) => runInContext({ correlationId }, () => ask(other))));
  expect(server.seen.map(({ headers }) => headers['x-correlation-id']).sort()).toEqual(ids.sort());
});

test('a redirect is not followed', async () => {
  const elsewhere = await startFaultyServer();
  server.behave(answer(307, '', { location: elsewhere.url }));
  expect((await errorOf(ask(outbound()))).code).toBe('failed');
  expect(elsewhere.seen).toHaveLength(0);
  await elsewhere.stop();
});

describe('probe', () => {
  test('asks besides the calls, and tells what keeps calls from being made', async () => {
    const other = outbound({ maxConcurrent: 1, maxQueued: 0 });
    server.behave(hang);
    const caller = new AbortController();
    const busy = ask(other, false, caller.signal);
    await expect.poll(() => server.running().open).toBe(1);
    server.behave(answer(200, '{}'));
    await other.probe(get, AbortSignal.timeout(5000));
    caller.abort(new Error('gone'));
    await expect(busy).rejects.toThrow('gone');
    server.behave(answer(500, '{}'));
    expect((await errorOf(other.probe(get, AbortSignal.timeout(5000)))).status).toBe(500);
    for (let count = 0; count < 3; count += 1) await errorOf(ask(other));
    server.behave(answer(200, '{}'));
    expect((await errorOf(other.probe(get, AbortSignal.timeout(5000)))).code).toBe('circuit_open');
  });
});
