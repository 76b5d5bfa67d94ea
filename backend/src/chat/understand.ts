import { contentStems } from '../retrieval/words.ts';
import type { SearchFilter, Session } from './ports.ts';

export interface Question {
  /** What to search for, with the words of filters removed. */
  readonly text: string;
  readonly filter: SearchFilter;
}

const priceLimit =
  /\b(?:under|below|less than|at most|up to|max(?:imum)?|cheaper than)\s*(?:€|euros?|eur)?\s*(\d+(?:[.,]\d{1,2})?)\s*(?:€|euros?|eur)?/i;
const inStock = /\b(?:in stock|available(?: now)?)\b/i;
const cheaper = /\b(?:cheaper|less expensive|lower price|more affordable)(?: ones?| options?)?\b/i;

function maxPrice(message: string, prices: readonly number[]): number | undefined {
  const limit = priceLimit.exec(message)?.[1];
  if (limit !== undefined) return Number(limit.replace(',', '.'));
  if (!cheaper.test(message) || prices.length === 0) return undefined;
  return Math.max(...prices) - 0.01;
}

/**
 * Reads the filters out of a message; a message that only narrows ("cheaper ones?") goes on with the previous one.
 * `prices` are those of the products last shown.
 */
export function understand(message: string, prices: readonly number[], previous: Session | undefined): Question {
  const limit = maxPrice(message, prices);
  const said: SearchFilter = {
    ...(limit === undefined ? {} : { maxPrice: limit }),
    ...(inStock.test(message) ? { inStock: true } : {}),
  };
  const text = [priceLimit, inStock, cheaper].reduce((rest, pattern) => rest.replace(pattern, ' '), message).trim();
  if (previous === undefined || contentStems(text).length > 0) return { text, filter: said };
  return { text: previous.text, filter: { ...previous.filter, ...said } };
}
