import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Condition, conditionText, joinQuery, liftConditions, soughtIn, textTerm } from './query-terms.ts';
import { tokenize } from './query-tokens.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('or', 'not', '-x', '(a)', 'a"b', 'a\\'),
);
const condition: fc.Arbitrary<Condition> = fc.record({
  name: text.filter((name) => name !== ''),
  operator: fc.constantFrom('=', '!=', '>', '>=', '<', '<=', ':'),
  value: text,
  not: fc.boolean(),
});
const kinds = (query: string) => tokenize(query).map(({ kind, text: shown }) => [kind, shown]);

describe('the terms of a filter', () => {
  test('a condition is read as it was meant, whatever its name and value hold', () => {
    fc.assert(
      fc.property(condition, ({ name, operator, value, not = false }) => {
        const tokens = tokenize(conditionText({ name, operator, value, not }));
        expect(tokens.map(({ text: shown }) => shown)).toEqual([...(not ? ['-'] : []), name, operator, value]);
        const [named, compared, valued] = tokens.slice(not ? 1 : 0);
        expect([named?.kind === 'word' || named?.kind === 'quoted', compared?.kind]).toEqual([true, 'operator']);
        expect([compared?.joined, valued?.joined]).toEqual([true, true]);
      }),
      { numRuns: 2000 },
    );
  });

  test('chips and text: joined and taken apart again they are the same', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), fc.array(text, { maxLength: 3 }), (conditions, texts) => {
        const chips = conditions.map(conditionText);
        const typed = texts.map(textTerm).join(' ');
        const lifted = liftConditions(joinQuery(typed, chips));
        expect(lifted).toEqual({ conditions: chips, rest: typed });
      }),
    );
  });

  test('nothing is lost or changed by taking conditions out', () => {
    const word = fc.constantFrom('a', '"b c"', '/d e/', 'x=1', '-y>2', 'not z:3', '(p or q)', '-(r s=1)', 'and');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const query = words.join(' ');
        const { conditions, rest } = liftConditions(query);
        const sorted = (one: string) =>
          kinds(one)
            .map(String)
            .filter((kind) => !kind.startsWith('and'))
            .sort();
        expect(sorted(joinQuery(rest, conditions))).toEqual(sorted(query));
      }),
    );
  });

  test('other ways keep their meaning beside a condition, and are not taken apart', () => {
    expect(joinQuery('a or b', ['x=1'])).toBe('(a or b) x=1');
    expect(liftConditions('a=1 or b=2')).toEqual({ conditions: [], rest: 'a=1 or b=2' });
    expect(liftConditions('a x=1 (b')).toEqual({ conditions: [], rest: 'a x=1 (b' });
    expect(liftConditions('a "x=1')).toEqual({ conditions: [], rest: 'a "x=1' });
    expect(liftConditions('timeout status>=500 -path~/x y/i and z')).toEqual({
      conditions: ['status>=500', '-path~/x y/i'],
      rest: 'timeout z',
    });
  });

  test('what is looked for is known, but not what is turned round', () => {
    expect(soughtIn('a "b c" /d/i x=1 y:z -e -(f -g)')).toEqual([
      { text: 'a' },
      { text: 'b c' },
      { text: 'd', flags: 'i' },
      { text: 'z' },
      { text: 'g' },
    ]);
  });
});
