import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatEvent } from '../shop/protocol.ts';
import { type Action, type Conversation, emptyConversation, isOpen, openTurn, reduce } from './turns.ts';

const run = (actions: readonly Action[], from = emptyConversation): Conversation => actions.reduce(reduce, from);
const received = (event: ChatEvent, id = 1): Action => ({ type: 'received', id, event });
const asked = run([{ type: 'asked', question: 'A tent?' }]);
const done = { type: 'done', sessionId: 'session-1', abstained: true, degraded: true } as const;

describe('a question', () => {
  test('waits, then grows, then is answered with all that was said of it', () => {
    const citations = [{ id: 'a', kind: 'article' as const, title: 'A' }];
    expect(asked.turns).toMatchObject([{ id: 1, question: 'A tent?', status: { kind: 'waiting' } }]);
    const growing = run([received({ type: 'token', text: 'One ' }), received({ type: 'token', text: 'tent' })], asked);
    expect(growing.turns[0]).toMatchObject({ status: { kind: 'streaming' }, answer: { text: 'One tent' } });
    const answered = run([received({ type: 'citations', citations }), received(done)], growing);
    expect(answered.turns[0]).toMatchObject({
      status: { kind: 'answered' },
      answer: { text: 'One tent', citations, abstained: true, degraded: true },
    });
    expect(answered.sessionId).toBe('session-1');
    expect(openTurn(answered)).toBeUndefined();
  });

  test('asked again starts from nothing, in its own place', () => {
    const twice = run(
      [
        received({ type: 'token', text: 'half' }),
        { type: 'settled', id: 1, status: { kind: 'stopped', by: 'customer' } },
        { type: 'asked', question: 'Another?' },
        { type: 'settled', id: 2, status: { kind: 'stopped', by: 'customer' } },
        { type: 'asked-again', id: 1 },
      ],
      asked,
    );
    expect(twice.turns).toMatchObject([{ id: 1, status: { kind: 'waiting' }, answer: { text: '' } }, { id: 2 }]);
  });

  test('that was stopped stays so, whatever comes late', () => {
    const stopped = run([{ type: 'settled', id: 1, status: { kind: 'stopped', by: 'customer' } }], asked);
    const late = run([received({ type: 'token', text: 'late' }), received(done)], stopped);
    expect(late.turns).toEqual(stopped.turns);
  });
});

test('start over forgets the turns and the session', () => {
  expect(run([received(done), { type: 'cleared' }], asked)).toEqual(emptyConversation);
});

test('whatever happens in whatever order, ids are unique, and only tokens lengthen an answer', () => {
  const id = fc.integer({ min: 0, max: 4 });
  const action: fc.Arbitrary<Action> = fc.oneof(
    fc.record({ type: fc.constant('asked' as const), question: fc.string() }),
    fc.record({ type: fc.constant('asked-again' as const), id }),
    fc.record({
      type: fc.constant('received' as const),
      id,
      event: fc.constantFrom<ChatEvent>({ type: 'token', text: 'x' }, done, { type: 'session', sessionId: 's' }),
    }),
    fc.record({
      type: fc.constant('settled' as const),
      id,
      status: fc.constantFrom(
        { kind: 'stopped', by: 'customer' } as const,
        { kind: 'parked', why: 'unreachable' } as const,
      ),
    }),
    fc.record({ type: fc.constant('rated' as const), id, helpful: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(action), (actions) => {
      let before = emptyConversation;
      for (const each of actions) {
        const after = reduce(before, each);
        expect(new Set(after.turns.map((turn) => turn.id)).size).toBe(after.turns.length);
        for (const turn of after.turns) {
          const was = before.turns.find((old) => old.id === turn.id);
          const grew = turn.answer.text.length > (was?.answer.text.length ?? 0);
          if (grew) expect([each.type, was && isOpen(was)]).toEqual(['received', true]);
        }
        before = after;
      }
    }),
  );
});
