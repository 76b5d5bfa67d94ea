import type { Understood } from './price.ts';

const stocked =
  /\b(?:(?:currently |actually |right now )?(?:in stock|on stock|available|in-stock)(?: (?:right )?now| today| at the moment| immediately)?|not sold out|ready to ship|you (?:have|can ship|could ship) (?:right now|today))\b/i;
/** Asks about one thing ("is it in stock?") rather than for those that are. */
const aboutOne = /^\W*(?:(?:and|but|so|hi|hello|ok|okay)[ ,]+)*(?:is|are|when|will|how many)\b(?! there)/i;
const restricting = /\b(?:only|just|must be|has to be|have to be|should be)\b/i;

/** Reads whether only what is in stock is wanted; a question whether something is in stock is no filter. */
export function readStock(message: string): Understood<boolean> {
  if (!stocked.test(message)) return { value: false, rest: message };
  const rest = message.replace(stocked, ' ').trim();
  const asks = aboutOne.test(message) && !restricting.test(message);
  return { value: !asks, rest };
}
