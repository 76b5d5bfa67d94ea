import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keep, keepDraft, recall, recallDraft } from './memory.ts';
import { type Conversation, emptyConversation, reduce, type Status } from './turns.ts';

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function conversation(status: Status): Conversation {
  const asked = reduce(emptyConversation, { type: 'asked', question: 'A tent?' });
  const session = { type: 'session', sessionId: 'session-1' } as const;
  const named = reduce(asked, { type: 'received', id: 1, event: session });
  return reduce(named, { type: 'settled', id: 1, status });
}

describe('the conversation', () => {
  test.each<Status>([
    { kind: 'answered' },
    { kind: 'stopped', by: 'customer' },
    { kind: 'failed', again: true, correlationId: 'the-id' },
    { kind: 'failed', again: false, correlationId: undefined },
  ])('comes back as it was: $kind', (status) => {
    keep(conversation(status));
    expect(recall()).toEqual(conversation(status));
  });

  test.each<Status>([
    { kind: 'waiting' },
    { kind: 'streaming' },
    { kind: 'parked', why: 'unreachable' },
    { kind: 'parked', why: 'busy', until: 1 },
  ])('comes back stopped where an answer was still to come: $kind', (status) => {
    keep(conversation(status));
    expect(recall()).toEqual(conversation({ kind: 'stopped', by: 'leaving' }));
  });

  test.each(['', '{', '{"turns":[{"id":1}]}', 'null'])('is empty when what was kept cannot be read: %s', (text) => {
    for (const key of ['alder-finch.conversation']) kept.set(key, text);
    expect(recall()).toEqual(emptyConversation);
  });
});

test('the question that was being written comes back', () => {
  keepDraft('A ten');
  expect(recallDraft()).toBe('A ten');
});

test('storage that is forbidden or full is no error', () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('full');
    },
  });
  keep(emptyConversation);
  keepDraft('x');
  expect([recall(), recallDraft()]).toEqual([emptyConversation, '']);
});
