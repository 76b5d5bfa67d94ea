import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayHold, PIECES_BYTES, slotsOf, writePieces } from './pieces.ts';

/** Of a text that lies somewhere in its memory. */
function setOf(text: string, place = 0): Uint8Array {
  const set = new Uint8Array(PIECES_BYTES);
  writePieces(Buffer.concat([Buffer.alloc(place), Buffer.from(text)]).subarray(place), set);
  return set;
}

test('a text may hold whatever stands in it, in any case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), fc.nat(3), (text, from, length, place) => {
      const part = text.slice(from % (text.length + 1)).slice(0, length);
      const ascii = /^[\u0020-\u007e]*$/.test(part) ? [part.toUpperCase(), part.toLowerCase()] : [];
      for (const word of ascii) expect(mayHold(setOf(text, place), slotsOf([word]))).toBe(true);
    }),
    { numRuns: 4000 },
  );
});

test('what is not there is told, for each of several words', () => {
  const set = setOf('{"level":30,"msg":"request completed"}\n{"level":50,"msg":"payment refused"}\n');
  expect(mayHold(set, slotsOf(['COMPLETED', 'payment']))).toBe(true);
  expect(mayHold(set, slotsOf(['completed', 'order']))).toBe(false);
  expect(mayHold(set, slotsOf(['timeout']))).toBe(false);
});

test('words too short to be told apart, and texts with terminal escapes, may be anywhere', () => {
  expect(mayHold(setOf('abc'), slotsOf(['xy', '']))).toBe(true);
  expect(mayHold(setOf('abc'), slotsOf(['xyz']))).toBe(false);
  expect(mayHold(setOf('\u001b[31mred\u001b[0mdish'), slotsOf(['reddish']))).toBe(true);
});
