import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';

/** The words of a text, lower case, accents and apostrophes removed. */
export function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’]s\b|['’]/g, '');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that carry meaning, in their order. */
function contentWords(text: string): string[] {
  return words(text).filter((word) => !stopWords.has(word));
}

/** The stems of the words that carry meaning, each once. */
export function contentStems(text: string): string[] {
  return [...new Set(contentWords(text).map(stem))];
}

/** Splits a text into sentences. */
export function sentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence.trim() !== '');
}
