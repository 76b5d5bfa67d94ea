import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEvents } from '../testing/events.ts';
import { encodeEvent } from './event-stream.ts';

/** `text` in pieces, cut at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

test('any text comes through as it was, however the stream is cut', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { maxLength: 8 }), (sent, places) => {
      const stream = sent.map((text) => encodeEvent('token', { text })).join('');
      expect(parseEvents(cut(stream, places))).toEqual(sent.map((text) => ({ name: 'token', data: { text } })));
    }),
  );
});

test('line breaks and field names in a text start no event of their own', () => {
  const text = 'a\r\ndata: b\n\nevent: done\rid: 1\u2028\u0085';
  expect(parseEvents([encodeEvent('token', { text })])).toEqual([{ name: 'token', data: { text } }]);
});
