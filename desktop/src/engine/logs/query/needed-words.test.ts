import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neededWords } from './needed-words.ts';
import { parseQuery } from './parse-query.ts';
import { searchExpression } from './text-pattern.ts';

const wordsOf = (search: string): string[] => {
  const expression = searchExpression(search);
  return expression === undefined ? [] : neededWords(expression).filter((word) => word !== '');
};

test('a line that matches a pattern has each of its words', () => {
  const atom = fc.constantFrom(
    'a',
    'bc',
    'Ä',
    '.',
    'a*',
    'b?',
    'c+',
    'a{0,2}',
    'b+?',
    'c*?',
    '^',
    '$',
    '(b|c)',
    '[ab]',
    '\\w',
  );
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(atom, { minLength: 1, maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'B', 'ä'), maxLength: 12 }),
      (atoms, line) => {
        const source = atoms.join('');
        if (!new RegExp(source, 'i').test(line)) return;
        matched += 1;
        for (const word of wordsOf(`/${source}/i`)) expect(line.toLowerCase()).toContain(word.toLowerCase());
      },
    ),
    { numRuns: 5000 },
  );
  expect(matched).toBeGreaterThan(500);
});

test('plain texts are needed but for what JSON or another case writes otherwise', () => {
  expect(wordsOf('Größe 12 fehlt')).toEqual(['Gr', 'e 12 fehlt']);
  expect(wordsOf('a\tb')).toEqual(['a', 'b']);
  expect(wordsOf('/orders.*never/')).toEqual(['orders', 'never']);
  expect(wordsOf('/orders|never/')).toEqual([]);
});

test('only what every line has to have is needed', () => {
  const words = (query: string): string[] => neededWords(parseQuery(query, 0)).filter((word) => word !== '');
  expect(words('refused path=/api/orders')).toEqual(['refused', 'orders']);
  expect(words('refused or declined')).toEqual([]);
  expect(words('-refused status>=500 status=404 user!=anna')).toEqual([]);
});
