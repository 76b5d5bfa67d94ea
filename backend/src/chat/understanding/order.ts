import type { Understood } from './price.ts';

export type Order = 'cheapest' | 'dearest' | 'best rated';

const orders: readonly (readonly [RegExp, Order])[] = [
  [/\b(?:the )?(?:cheapest|least expensive|lowest[- ]price[d]?|most affordable)\b/i, 'cheapest'],
  [/\bwhich\b.*\b(?:cheaper|less expensive)\b/i, 'cheapest'],
  [/\b(?:the )?(?:most expensive|priciest|dearest|highest[- ]price[d]?)\b/i, 'dearest'],
  [/\b(?:the )?(?:best|top|highest)[- ](?:rated|ratings?|reviewed|reviews?)\b/i, 'best rated'],
];

/** Reads by what the products are to be ordered. */
export function readOrder(message: string): Understood<Order | undefined> {
  const found = orders.find(([pattern]) => pattern.test(message));
  if (found === undefined) return { value: undefined, rest: message };
  return { value: found[1], rest: message.replace(found[0], ' ').trim() };
}
