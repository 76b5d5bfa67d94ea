import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatPart } from '../chat/ports.ts';
import { CitationReader, InvalidAnswerError } from './citations.ts';

const found = ['ridge-tent', 'glow-lantern'];

function read(pieces: readonly string[]): { text: string; cited: string[]; abstained: boolean } {
  const reader = new CitationReader(found);
  const parts: ChatPart[] = [...pieces.flatMap((piece) => [...reader.feed(piece)]), ...reader.end()];
  return {
    text: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(''),
    cited: parts.flatMap((part) => (part.type === 'cited' ? part.ids : [])),
    abstained: parts.some(({ type }) => type === 'abstained'),
  };
}

describe('citations', () => {
  test.each([
    ['A tent [[ridge-tent]].', 'A tent.', ['ridge-tent']],
    ['A [[ridge-tent]] and b [[glow-lantern]].', 'A and b.', ['ridge-tent', 'glow-lantern']],
    ['Both [[ridge-tent, glow-lantern]].', 'Both.', ['ridge-tent', 'glow-lantern']],
    ['Both [[ridge-tent]][[glow-lantern]]', 'Both', ['ridge-tent', 'glow-lantern']],
    ['A [[ridge-tent]]. Buy [[gold-bar]].', 'A. Buy.', ['ridge-tent']],
    ['A [[RIDGE-TENT]]. B [[ridge-tent]].', 'A. B.', ['ridge-tent']],
    ['A [[ridge-tent]]. Not [a] marker [[', 'A. Not [a] marker [[', ['ridge-tent']],
    ['A [[ridge-tent]]. [[none]]', 'A.', ['ridge-tent']],
  ])('%s', (said, text, cited) => {
    expect(read([said])).toEqual({ text, cited, abstained: false });
  });

  test('pieces cut anywhere give the same', () => {
    const said = 'A tent  [[ridge-tent]]. A lamp [[glow-lantern, x]], [or] not [[gold-bar]] [[]]. The end';
    const whole = read([said]);
    fc.assert(
      fc.property(fc.array(fc.nat(said.length), { maxLength: 20 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), said.length];
        expect(read(places.slice(1).map((place, index) => said.slice(places[index], place)))).toEqual(whole);
      }),
    );
  });

  test('whatever a model writes, only ids that were found are cited', () => {
    const bit = fc.constantFrom(
      '[[',
      ']]',
      '[',
      ']',
      'ridge-tent',
      'gold-bar',
      ',',
      ' ',
      'text',
      '[[ridge-tent]]',
      'none',
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 40 }), (bits) => {
        const reader = new CitationReader(found);
        const parts: ChatPart[] = [];
        try {
          for (const piece of bits) parts.push(...reader.feed(piece));
          parts.push(...reader.end());
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidAnswerError);
        }
        for (const part of parts) {
          if (part.type === 'cited') expect(found).toEqual(expect.arrayContaining([...part.ids]));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('nothing is shown', () => {
  test('before the first citation that counts', () => {
    const reader = new CitationReader(found);
    expect([...reader.feed('A tent for two [[gold-bar]] that')]).toEqual([]);
    expect([...reader.feed(' stands [[ridge-tent]].')]).toEqual([
      { type: 'text', text: 'A tent for two that stands' },
      { type: 'cited', ids: ['ridge-tent'] },
      { type: 'text', text: '.' },
    ]);
  });

  test.each([
    ['without any', 'The capital is Paris.'],
    ['with one that was not found', 'Buy gold [[gold-bar]].'],
    ['of nothing at all', '  \n'],
  ])('of an answer %s', (_name, said) => {
    expect(() => read([said])).toThrow(InvalidAnswerError);
  });

  test('of one that goes on and on without a citation, and it is not waited for', () => {
    const reader = new CitationReader(found);
    expect(() => [...reader.feed('so '.repeat(300))]).toThrow(InvalidAnswerError);
  });

  test.each(['[[none]]', ' [[none]]\n', 'I am sorry. [[none]]'])('when there is no answer: %s', (said) => {
    expect(read([said])).toEqual({ text: '', cited: [], abstained: true });
  });
});
