import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEvents } from './chat-stream.ts';
import type { ChatEvent } from './protocol.ts';

const text = fc.string({ unit: 'grapheme' });
const id = fc.string();
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('session' as const), sessionId: id }),
  fc.record({ type: fc.constant('token' as const), text }),
  fc.record({
    type: fc.constant('citations' as const),
    citations: fc.array(fc.record({ id, kind: fc.constantFrom('product' as const, 'article' as const), title: text })),
  }),
  fc.record({
    type: fc.constant('products' as const),
    products: fc.array(
      fc.record({
        id,
        name: text,
        category: text,
        price: fc.integer(),
        currency: fc.constant('EUR'),
        stock: fc.nat(),
        rating: fc.constant(4.5),
        description: text,
        features: fc.array(text),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    type: fc.constant('done' as const),
    sessionId: id,
    abstained: fc.boolean(),
    degraded: fc.boolean(),
  }),
);

const lineEnd = fc.constantFrom('\n', '\r\n');

function encode(events: readonly ChatEvent[], end: string): Uint8Array<ArrayBuffer> {
  const written = events.map(({ type, ...data }) => `event: ${type}${end}data: ${JSON.stringify(data)}${end}${end}`);
  return new TextEncoder().encode(written.join(''));
}

function inPieces(bytes: Uint8Array<ArrayBuffer>, cuts: readonly number[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const pieces = places.slice(1).map((place, position) => bytes.slice(places[position], place));
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

const read = (written: string) => Array.fromAsync(readEvents(inPieces(new TextEncoder().encode(written), [])));

describe('readEvents', () => {
  test('gives the same events whatever the pieces they arrive in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        lineEnd,
        async (events, cuts, end) => {
          expect(await Array.fromAsync(readEvents(inPieces(encode(events, end), cuts)))).toEqual(events);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('skips comments and events with names that the page does not know', async () => {
    const events = await read(': keep-alive\n\nevent: applause\ndata: {}\n\nevent: token\ndata: {"text":"a"}\n\n');
    expect(events).toEqual([{ type: 'token', text: 'a' }]);
  });

  test('leaves out an event that is not complete', async () => {
    expect(await read('event: token\ndata: {"text":"a"}\n\nevent: token\ndata: {"te')).toEqual([
      { type: 'token', text: 'a' },
    ]);
  });

  test.each(['{"text":', '{"text":1}', '[]'])('fails at data that is not what its event says: %s', async (data) => {
    await expect(read(`event: token\ndata: ${data}\n\n`)).rejects.toThrow();
  });
});
