import { money } from '../catalogue/passages.ts';
import type { SearchFilter } from './ports.ts';
import type { Question } from './understanding/understand.ts';

function conditions({ minPrice, maxPrice, inStock, category }: SearchFilter): string[] {
  return [
    ...(category === undefined ? [] : [`in ${category}`]),
    ...(minPrice === undefined ? [] : [`from ${money(minPrice, 'EUR')}`]),
    ...(maxPrice === undefined ? [] : [`up to ${money(maxPrice, 'EUR')}`]),
    ...(inStock === true ? ['in stock'] : []),
  ];
}

/** What to say when nothing answers a question: what stood in the way, and what to ask instead. */
export function apology({ filter, text }: Question): string[] {
  if (text === '' && Object.keys(filter).length === 0) {
    return ['What can I help you with?', 'Name a product, or ask about delivery, returns or the warranty.'];
  }
  const said = conditions(filter);
  if (said.length === 0) {
    return [
      'I could not find anything about that in our shop.',
      'Try naming a product, or ask about delivery, returns or the warranty.',
    ];
  }
  return [`I found nothing for that ${said.join(' ')}.`, 'Try it without that condition, or in other words.'];
}
