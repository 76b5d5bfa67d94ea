import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts, SearchFilter } from '../chat/ports.ts';
import { accepts } from './filter.ts';

const category = fc.constantFrom('Audio', 'Garden');
const price = fc.integer({ min: 1, max: 500 });
const product = fc.record({ kind: fc.constant('product' as const), category, price, inStock: fc.boolean() });
const article = fc.constant<Facts>({ kind: 'article' });
const filter: fc.Arbitrary<SearchFilter> = fc.record(
  {
    kind: fc.constantFrom('product' as const, 'article' as const),
    category,
    minPrice: price,
    maxPrice: price,
    inStock: fc.boolean(),
  },
  { requiredKeys: [] },
);

test('what passes a filter passes each of its conditions, and the other way round', () => {
  fc.assert(
    fc.property(fc.oneof(product, article), filter, (facts: Facts, whole) => {
      const { kind, category: shelf, minPrice, maxPrice, inStock } = whole;
      const conditions: SearchFilter[] = [
        ...(kind === undefined ? [] : [{ kind }]),
        ...(shelf === undefined ? [] : [{ category: shelf }]),
        ...(minPrice === undefined ? [] : [{ minPrice }]),
        ...(maxPrice === undefined ? [] : [{ maxPrice }]),
        ...(inStock === undefined ? [] : [{ inStock }]),
      ];
      expect(accepts(facts, whole)).toBe(conditions.every((condition) => accepts(facts, condition)));
    }),
  );
});

test('bounds are inclusive, and only a product has a price, a category or a stock', () => {
  fc.assert(
    fc.property(product, (facts) => {
      const { price: amount } = facts;
      expect(accepts(facts, { minPrice: amount, maxPrice: amount })).toBe(true);
      expect(accepts(facts, { maxPrice: amount - 1 })).toBe(false);
      expect(accepts(facts, { minPrice: amount + 1 })).toBe(false);
      expect(accepts(facts, { inStock: !facts.inStock })).toBe(false);
    }),
  );
  for (const condition of [{ minPrice: 0 }, { maxPrice: 1e6 }, { category: 'Audio' }, { inStock: true }])
    expect(accepts({ kind: 'article' }, condition)).toBe(false);
  expect(accepts({ kind: 'article' }, {})).toBe(true);
});
