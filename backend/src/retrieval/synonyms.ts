import { stopWords } from './stop-words.ts';
import { stem } from './stem.ts';
import { words } from './words.ts';

/** How many words that say nothing may stand between two of a phrase ("send it back"). */
const maxGap = 2;

export interface SynonymMatch {
  /** How many words of the question it takes. */
  readonly length: number;
  /** The phrase as the customer said it, as stems. */
  readonly own: readonly string[];
  /** What the catalogue says instead; each is a word or a phrase, as stems. */
  readonly meanings: readonly (readonly string[])[];
}

interface Phrase {
  readonly stems: readonly string[];
  readonly meanings: (readonly string[])[];
}

const telling = (text: string) => words(text).filter((word) => !stopWords.has(word));

/** Words and phrases of customers, with those of the catalogue that mean the same. */
export class Synonyms {
  /** By first word; longer ones first. */
  readonly #phrases = new Map<string, Phrase[]>();
  /** All single words in it, for the spelling. */
  readonly words: ReadonlySet<string>;

  /** `table`: word or phrase of the catalogue -> words or phrases of customers. */
  constructor(table: Readonly<Record<string, readonly string[]>>) {
    const all = new Map<string, Phrase>();
    for (const [meaning, phrases] of Object.entries(table)) {
      for (const phrase of phrases) {
        const stems = words(phrase).map(stem);
        const known = all.get(stems.join(' ')) ?? { stems, meanings: [] };
        known.meanings.push(telling(meaning).map(stem));
        all.set(stems.join(' '), known);
      }
    }
    for (const phrase of [...all.values()].sort((a, b) => b.stems.length - a.stems.length)) {
      const [first = ''] = phrase.stems;
      this.#phrases.set(first, [...(this.#phrases.get(first) ?? []), phrase]);
    }
    this.words = new Set(Object.values(table).flatMap((phrases) => phrases.flatMap(telling)));
  }

  /** The longest phrase that begins at `start` of the words of a question. */
  at(question: readonly string[], start: number): SynonymMatch | undefined {
    for (const { stems, meanings } of this.#phrases.get(stem(question[start] ?? '')) ?? []) {
      const end = endOf(stems, question, start);
      if (end === undefined) continue;
      const own = question.slice(start, end).filter((word) => !stopWords.has(word));
      return { length: end - start, own: own.map(stem), meanings };
    }
    return undefined;
  }
}

/** Where the phrase ends in the question, words that say nothing left out. */
function endOf(stems: readonly string[], question: readonly string[], start: number): number | undefined {
  let at = start;
  for (const wanted of stems) {
    let gap = 0;
    while (at < question.length && stem(question[at] ?? '') !== wanted) {
      if (at === start || gap === maxGap || !stopWords.has(question[at] ?? '')) return undefined;
      gap += 1;
      at += 1;
    }
    if (at >= question.length) return undefined;
    at += 1;
  }
  return at;
}
