import type { SearchFilter } from '../ports.ts';
import { digits } from './numbers.ts';

/** A piece of a message understood, and the rest of the message without it. */
export interface Understood<T> {
  readonly value: T;
  readonly rest: string;
}

export type PriceRange = Pick<SearchFilter, 'minPrice' | 'maxPrice'>;

const currency = '(?:€|euros?|eur|bucks|quid)';
const amount = `${currency}?\\s*(\\d+(?:[.,]\\d{1,2})?)(?![\\d.,]*\\d)`;
/** An amount is one of money unless a unit of something else follows. */
const money = `${amount}(?:\\s*${currency}|(?!\\s*(?:%|x\\b|-|per ?cent|[a-z]*(?:litres?|liters?|grams?|met(?:re|er)s?|watts?|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|inch(?:es)?|degrees|people|persons?|pieces?|players?|kids|pages|lumens?|decibels|cups|dogs|cats|cm|mm|km|kg|ml|mah|gb|tb|db|oz|lbs?)\\b|[lgwmvhk]\\b|["°])))`;
const end = `(?![\\w])`;

const between = new RegExp(`\\b(?:between|from)\\s+${amount}\\s*${currency}?\\s*(?:and|to|-|–)\\s*${money}${end}`, 'i');
const span = new RegExp(`${amount}\\s*(?:-|–|to)\\s*${amount}\\s*${currency}${end}`, 'i');
const atMost = new RegExp(
  `\\b(?:(?:for|at|is|costs?|costing|priced|that(?:'s| is)?|price)\\s+)?(?:under|below|less than|lower than|(?:for )?at most|up to|max(?:imum|\\.)?(?: of)?|cheaper than|no more than|not more than|within|(?:my |a |the )?(?:budget|limit)(?: is| of)?|(?:don'?t|do not|without) (?:want to )?spend(?:ing)? (?:more|over)(?: than)?|(?:not|nothing) (?:over|above)|not exceed(?:ing)?|<=?)\\s*:?\\s*${money}${end}`,
  'i',
);
const orLess = new RegExp(
  `${money}\\s*(?:or (?:less|under|below|cheaper)|max(?:imum)?|at most|tops|and (?:under|below))${end}`,
  'i',
);
const atLeast = new RegExp(
  `\\b(?:(?:for|costs?|costing|priced)\\s+)?(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting (?:at|from)|from|no less than|not less than|>=?)\\s*${money}${end}`,
  'i',
);
const orMore = new RegExp(`${money}\\s*(?:or (?:more|over|above)|and (?:up|above|more)|upwards?)${end}`, 'i');
const about = new RegExp(
  `\\b(?:(?:at|for|priced|costs?) )?(?:around|about|roughly|approximately|circa|~)\\s*${amount}\\s*${currency}${end}`,
  'i',
);
/** How far a price may lie from one that was only roughly said. */
const tolerance = 0.25;

const numberOf = (text: string | undefined) => Number((text ?? '').replace(',', '.'));

const patterns: readonly (readonly [RegExp, (found: readonly number[]) => PriceRange])[] = [
  [between, ([a = 0, b = 0]) => ({ minPrice: Math.min(a, b), maxPrice: Math.max(a, b) })],
  [span, ([a = 0, b = 0]) => ({ minPrice: Math.min(a, b), maxPrice: Math.max(a, b) })],
  [about, ([a = 0]) => ({ minPrice: a * (1 - tolerance), maxPrice: a * (1 + tolerance) })],
  [atMost, ([a = 0]) => ({ maxPrice: a })],
  [orLess, ([a = 0]) => ({ maxPrice: a })],
  [atLeast, ([a = 0]) => ({ minPrice: a })],
  [orMore, ([a = 0]) => ({ minPrice: a })],
];

/** Reads limits on the price ("under 50", "between 20 and 40 euros"), which are inclusive. */
export function readPrice(message: string): Understood<PriceRange> {
  let rest = digits(message);
  let value: PriceRange = {};
  for (const [pattern, rangeOf] of patterns) {
    const found = pattern.exec(rest);
    if (found === null) continue;
    value = { ...rangeOf(found.slice(1).map(numberOf)), ...value };
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
  }
  return { value, rest: rest.trim() };
}
