import type { Language } from '#kit/language.ts';
import { Phrasebook, type Phrases } from '#kit/phrasebook.ts';
import { de } from './words/de.ts';
import { en, type Words } from './words/en.ts';

/** How the desktop speaks in one language. */
export interface Speech {
  readonly words: Words;
  /** What the core says, which is English, in that language. */
  readonly told: (text: string) => string;
}

const catalogs: Readonly<Record<Language, Words>> = { en, de };

/** `sentences`: what the core says, in that language; what is not in them stays English. */
export function speechIn(language: Language, sentences: Phrases = {}): Speech {
  const book = new Phrasebook(sentences);
  return { words: catalogs[language], told: (text) => book.say(text) };
}
