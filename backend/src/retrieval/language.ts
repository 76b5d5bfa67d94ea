import type { Entry } from '../catalogue/passages.ts';
import type { Synonyms as SynonymTable } from '../catalogue/schema.ts';
import { type Concept, conceptsOf } from './concepts.ts';
import { isCompound, isEnglish } from './english.ts';
import { Spelling } from './spelling.ts';
import { stem } from './stem.ts';
import { lightWords, stopWords } from './stop-words.ts';
import { Synonyms } from './synonyms.ts';
import { Vocabulary } from './vocabulary.ts';
import { words } from './words.ts';

/** The words of the catalogue and of its customers. */
export class Language {
  readonly vocabulary: Vocabulary;
  readonly synonyms: Synonyms;
  readonly spelling: Spelling;

  constructor(entries: readonly Entry[], synonyms: SynonymTable) {
    this.vocabulary = new Vocabulary(entries);
    this.synonyms = new Synonyms(synonyms);
    const own = [...stopWords, ...lightWords, ...this.synonyms.words].map((word) => [word, 1] as const);
    this.spelling = new Spelling(new Map([...own, ...this.vocabulary.words]));
  }

  /** What a text is about; words that mean nothing here are left out. */
  concepts(text: string): Concept[] {
    return conceptsOf(text, this);
  }

  /** The words of a text that tell something, misspelt ones corrected. */
  tellingWords(text: string): string[] {
    const isKnown = (word: string) => isEnglish(word) || this.vocabulary.has(stem(word));
    return words(text)
      .filter((word) => !stopWords.has(word))
      .map((word) => (isKnown(word) ? word : (this.spelling.correct(word) ?? word)));
  }

  /** Whether a word of a text, as a stem, is one that neither the catalogue nor its synonyms have, however it is spelt. */
  isUnheard(stemmed: string, text: string): boolean {
    return this.concepts(text).some(({ strange, wordings }) => strange && wordings[0]?.stems[0] === stemmed);
  }

  /** Whether none of the words that a text tells something with is one, not even misspelt. */
  isSenseless(text: string): boolean {
    const telling = words(text).filter((word) => !stopWords.has(word));
    const isWord = (word: string) =>
      isEnglish(word) ||
      isCompound(word) ||
      this.vocabulary.has(stem(word)) ||
      this.spelling.correct(word) !== undefined;
    return telling.length > 0 && !telling.some(isWord);
  }

  /** The things in the catalogue that a text names ("a tent for two" -> tent), as stems. */
  things(text: string): string[] {
    return this.concepts(text)
      .filter(({ light }) => !light)
      .flatMap(({ wordings }) => wordings.flatMap(({ stems }) => stems.at(-1) ?? []))
      .filter((last) => this.vocabulary.isThing(last));
  }
}
