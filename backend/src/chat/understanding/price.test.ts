import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digits } from './numbers.ts';
import { readPrice } from './price.ts';

describe('limits on the price', () => {
  test.each([
    ['headphones under 50 euros', { maxPrice: 50 }, 'headphones'],
    ['speakers for less than 49,90 €', { maxPrice: 49.9 }, 'speakers'],
    ['a tent, at most €250', { maxPrice: 250 }, 'a tent,'],
    ['mouse for max. 50€', { maxPrice: 50 }, 'mouse'],
    ['suitcase, my budget is 170', { maxPrice: 170 }, 'suitcase,'],
    ['30 euros or less', { maxPrice: 30 }, ''],
    ['lamps over 130 €', { minPrice: 130 }, 'lamps'],
    ['200 or more', { minPrice: 200 }, ''],
    ['a knife between 60 and 80 euro', { minPrice: 60, maxPrice: 80 }, 'a knife'],
    ['from 80 to 60 euros', { minPrice: 60, maxPrice: 80 }, ''],
    ['a bag 20-40 euros', { minPrice: 20, maxPrice: 40 }, 'a bag'],
    ['over 20 and under 40 euros', { minPrice: 20, maxPrice: 40 }, 'and'],
    ['about 100 euros', { minPrice: 75, maxPrice: 125 }, ''],
    ['less than forty euros', { maxPrice: 40 }, ''],
    ['grinders under a hundred euros', { maxPrice: 100 }, 'grinders'],
    ['below two hundred and fifty', { maxPrice: 250 }, ''],
  ])('%s', (message, value, rest) => {
    const read = readPrice(message);
    expect(read.value).toEqual(value);
    expect(read.rest.replace(/\s+/g, ' ').trim()).toBe(rest);
  });

  test.each([
    'a tent under 2 kg',
    'a desk less than 120 cm wide',
    'a bottle over 750 ml',
    'a game for up to 4 players',
    'bags up to 28 litres',
    'warm down to minus 18 degrees',
    'in under 5 minutes',
    'at most 14" screens',
    'a puzzle with more than 500 pieces',
    'cheap headphones',
    'the Slate 75 keyboard',
  ])('none in "%s"', (message) => {
    expect(readPrice(message)).toEqual({ value: {}, rest: message });
  });

  test('any limit that can be said is understood, and what is left says nothing of it', () => {
    const amount = fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100);
    const sign = fc.constantFrom(' euros', ' EUR', '€', ' €', '');
    fc.assert(
      fc.property(amount, sign, fc.constantFrom('under', 'at most', 'up to', 'less than'), (limit, unit, words) => {
        expect(readPrice(`a lamp ${words} ${limit}${unit}`)).toEqual({ value: { maxPrice: limit }, rest: 'a lamp' });
      }),
    );
    fc.assert(
      fc.property(amount, amount, sign, (one, other, unit) => {
        const { value } = readPrice(`a lamp between ${one} and ${other}${unit}`);
        expect(value).toEqual({ minPrice: Math.min(one, other), maxPrice: Math.max(one, other) });
      }),
    );
  });

  test('no text at all stops it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (message) => {
        const { minPrice = 0, maxPrice = Number.MAX_VALUE } = readPrice(message).value;
        expect(minPrice).toBeLessThanOrEqual(Math.max(minPrice, maxPrice));
        expect([minPrice, maxPrice].every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

test.each([
  ['two hundred and fifty euros', '250 euros'],
  ['a hundred', '100'],
  ['three hundred and twenty-five', '325'],
  ['forty five euros', '45 euros'],
  ['twenty people', 'twenty people'],
])('amounts in words: %s', (words, expected) => {
  expect(digits(words)).toBe(expected);
});
