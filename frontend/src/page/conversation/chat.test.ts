import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatEvent } from '../shop/protocol.ts';
import { ShopError } from '../shop/shop-error.ts';
import { Chat } from './chat.ts';
import { ReachMonitor } from './reach.ts';
import { type Conversation, emptyConversation } from './turns.ts';

const done: ChatEvent = { type: 'done', sessionId: 'session-1', abstained: false, degraded: false };
const token: ChatEvent = { type: 'token', text: 'Yes.' };

type Outcome = readonly ChatEvent[] | ShopError | 'never';

/** A chat whose questions end one after the other as `outcomes` say; the last one is used for all that follow. */
function start(...outcomes: Outcome[]) {
  const questions: { message: string; sessionId: string | undefined }[] = [];
  const kept: Conversation[] = [];
  const world = { online: true, up: true };
  const reach = new ReachMonitor({ probe: () => Promise.resolve(world.up), isOnline: () => world.online });
  const rate = vi.fn<(sessionId: string, helpful: boolean) => Promise<void>>(() => Promise.resolve());
  const ask = async function* (question: (typeof questions)[number], signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const outcome = outcomes[Math.min(questions.length, outcomes.length - 1)];
    questions.push(question);
    await Promise.resolve();
    if (outcome instanceof ShopError) throw outcome;
    if (outcome === 'never') {
      yield token;
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('left'));
        });
      });
    } else if (outcome) yield* outcome;
  };
  const chat = new Chat({ ask, rate, reach, keep: (conversation) => kept.push(conversation) }, emptyConversation);
  const status = () => chat.get().turns.at(-1)?.status;
  return { chat, reach, world, questions, kept, rate, status };
}

const unreachable = new ShopError('unreachable');
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('asking', () => {
  test('goes on with the session that the shop gave, one question at a time', async () => {
    const { chat, questions, status } = start([token, done]);
    chat.send('One?');
    chat.send('Not now');
    await settle();
    expect(status()).toEqual({ kind: 'answered' });
    chat.send('Two?');
    await settle();
    expect(questions).toEqual([
      { message: 'One?', sessionId: undefined },
      { message: 'Two?', sessionId: 'session-1' },
    ]);
  });

  test('can be stopped, leaves what had come, and can be done again', async () => {
    const { chat, status } = start('never', [token, done]);
    chat.send('One?');
    await settle();
    chat.stop();
    await settle();
    expect(status()).toEqual({ kind: 'stopped', by: 'customer' });
    expect(chat.get().turns[0]?.answer.text).toBe('Yes.');
    chat.again(1);
    await settle();
    expect(status()).toEqual({ kind: 'answered' });
  });

  test('keeps the conversation when it changes, not at every word', async () => {
    const { chat, kept } = start([token, token, token, done]);
    chat.send('One?');
    await settle();
    expect(kept).toHaveLength(2);
    expect(kept.at(-1)).toBe(chat.get());
  });

  test('start over while an answer comes in leaves nothing of it', async () => {
    const { chat } = start('never');
    chat.send('One?');
    await settle();
    chat.clear();
    await settle();
    expect(chat.get()).toEqual(emptyConversation);
  });
});

describe('a shop that cannot be reached', () => {
  test('is asked again as soon as it can be, and not before', async () => {
    const { chat, world, reach, questions, status } = start(unreachable, [token, done]);
    world.up = false;
    chat.send('One?');
    await settle();
    expect(status()).toEqual({ kind: 'parked', why: 'unreachable' });
    expect(reach.get()).toBe('down');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(questions).toHaveLength(1);
    world.up = true;
    await vi.advanceTimersByTimeAsync(8000);
    expect(reach.get()).toBe('up');
    expect(status()).toEqual({ kind: 'answered' });
  });

  test('is not asked for ever what it goes down of', async () => {
    const { chat, questions, status } = start(unreachable);
    chat.send('One?');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(questions).toHaveLength(5);
    expect(status()).toMatchObject({ kind: 'failed', again: true });
  });

  test('the question can be withdrawn', async () => {
    const { chat, questions, status } = start(unreachable);
    chat.send('One?');
    await settle();
    chat.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(questions).toHaveLength(1);
    expect(status()).toEqual({ kind: 'stopped', by: 'customer' });
  });

  test('offline is told apart, and nothing is probed until the machine is online', async () => {
    const { chat, world, reach, questions, status } = start(unreachable, [token, done]);
    world.online = false;
    chat.send('One?');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([reach.get(), questions.length]).toEqual(['offline', 1]);
    world.online = true;
    await reach.look();
    await settle();
    expect(status()).toEqual({ kind: 'answered' });
  });
});

describe('a shop that asks to wait', () => {
  test.each(['limited', 'busy'] as const)('%s: is asked again when it said', async (kind) => {
    const { chat, reach, questions, status } = start(new ShopError(kind, { retryAfterMs: 7000 }), [token, done]);
    chat.send('One?');
    await settle();
    expect(status()).toEqual({ kind: 'parked', why: kind, until: Date.now() + 7000 });
    await vi.advanceTimersByTimeAsync(6900);
    expect([questions.length, reach.get()]).toEqual([1, 'up']);
    await vi.advanceTimersByTimeAsync(200);
    expect(status()).toEqual({ kind: 'answered' });
  });
});

test.each([
  [new ShopError('refused', { correlationId: 'the-id' }), { again: false, correlationId: 'the-id' }],
  [new ShopError('broken'), { again: true }],
])('a question that failed stays so, with the id to tell us', async (error, expected) => {
  const { chat, status } = start(error);
  chat.send('One?');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(status()).toMatchObject({ kind: 'failed', ...expected });
});

test('a rating is shown at once, and taken back when it was not saved', async () => {
  const { chat, rate } = start([token, done]);
  chat.send('One?');
  await settle();
  expect(await chat.rate(1, true)).toBe(true);
  expect(rate).toHaveBeenCalledWith('session-1', true);
  rate.mockRejectedValueOnce(unreachable);
  const saved = chat.rate(1, false);
  expect(chat.get().turns[0]?.helpful).toBe(false);
  expect(await saved).toBe(false);
  expect(chat.get().turns[0]?.helpful).toBe(true);
});
