import type { Entry } from '../catalogue/passages.ts';
import { stem } from './stem.ts';
import { isLightWord, stopWords } from './stop-words.ts';
import { contentStems, words } from './words.ts';

/** Where a noun phrase ends: what follows only says more about its last word. */
const phraseEnd =
  /[,.;:()]|\b(?:with|without|for|that|which|who|whose|in|on|to|from|made|by|at|as|under|over|and|or|than|between|when|while|like|suitable|into|you|we|i)\b/i;
const amounts =
  /^[^,]*\b(?:pairs?|sets?|mix|pack(?:et)?s?|tins?|jars?|bags?|box(?:es)?|collections?|assortment|sheets?|lots?|kinds?) of\b/i;
/** Sizes and numbers at the end of a name. */
const measures =
  /(?:[\s,]+(?:\d[\d.,x]*|x|size|cm|mm|m|l|ml|g|kg|w|v|ah|mah|inch|tb|pieces?|pairs?|sets?|pack|of|spf|a\d|b\d|e\d+|s|l|hd|pro|mini|max|bits|packets))+$/i;

/** The thing that a noun phrase names: the last word before it is described further. Undefined where there is none. */
export function headOf(text: string): string | undefined {
  const start = text.replace(amounts, '');
  const [phrase = ''] = start.split(phraseEnd).filter((part) => part.trim() !== '');
  return words(phrase.trim().replace(measures, '')).at(-1);
}

/** What the passage is, apart from what it is said to be good for: stems. */
function headsOf({ passage, searchable, facts }: Entry): ReadonlySet<string> {
  const names = [headOf(searchable.title), headOf(searchable.text)].flatMap((head) => head ?? []);
  const whole = passage.kind === 'article' ? words(searchable.title) : words(facts.category ?? '');
  return new Set([...names, ...whole].filter((word) => !stopWords.has(word) && !isLightWord(word)).map(stem));
}

/** The words of the catalogue. */
export class Vocabulary {
  /** In how many passages each stem occurs. */
  readonly #frequencies = new Map<string, number>();
  /** How often each word occurs, as written. */
  readonly words = new Map<string, number>();
  readonly #heads: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #things: ReadonlySet<string>;
  readonly #products: ReadonlySet<string>;
  /** The stems in names of products, categories and articles. */
  readonly #naming: ReadonlySet<string>;
  readonly #titles: ReadonlyMap<string, readonly string[]>;
  readonly #mentions = new Map<string, ReadonlySet<string>>();
  readonly #size: number;

  constructor(entries: readonly Entry[]) {
    this.#size = entries.length;
    this.#heads = new Map(entries.map((entry) => [entry.passage.id, headsOf(entry)]));
    this.#titles = new Map(entries.map(({ passage, searchable }) => [passage.id, contentStems(searchable.title)]));
    this.#things = new Set(this.#heads.values().flatMap((heads) => heads));
    const products = entries.filter(({ passage }) => passage.kind === 'product');
    this.#products = new Set(products.flatMap(({ passage }) => [...(this.#heads.get(passage.id) ?? [])]));
    this.#naming = new Set(
      entries.flatMap(({ searchable, facts }) => words(`${searchable.title} ${facts.category ?? ''}`).map(stem)),
    );
    for (const { passage, searchable, facts } of entries) {
      const { title, text, details, needs } = searchable;
      const used = words([title, text, details, needs, facts.category ?? ''].join(' '));
      for (const word of used) this.words.set(word, (this.words.get(word) ?? 0) + 1);
      const mentions = new Set(used.map(stem));
      this.#mentions.set(passage.id, mentions);
      for (const each of mentions) this.#frequencies.set(each, (this.#frequencies.get(each) ?? 0) + 1);
    }
  }

  has(stemmed: string): boolean {
    return this.#frequencies.has(stemmed);
  }

  /** The rarer, the higher; a word that is nowhere counts like one that is in a single passage. */
  importance(stemmed: string): number {
    return Math.log(1 + this.#size / (this.#frequencies.get(stemmed) ?? 1));
  }

  isNaming(stemmed: string): boolean {
    return this.#naming.has(stemmed);
  }

  /** Whether the passage is such a thing. */
  isHead(id: string, stemmed: string): boolean {
    return this.#heads.get(id)?.has(stemmed) ?? false;
  }

  /** Whether these stems are at least half of the passage's name. */
  isTitle(id: string, stems: readonly string[]): boolean {
    const title = this.#titles.get(id) ?? [];
    return title.filter((each) => stems.includes(each)).length * 2 >= title.length;
  }

  /** Whether the passage has the word at all. */
  mentions(id: string, stemmed: string): boolean {
    return this.#mentions.get(id)?.has(stemmed) ?? false;
  }

  /** Whether these stems are at least half of the name of some product or article. */
  isSomeTitle(stems: readonly string[]): boolean {
    return this.#titles.keys().some((id) => this.isTitle(id, stems));
  }

  /** Whether some product is such a thing. */
  isProduct(stemmed: string): boolean {
    return this.#products.has(stemmed);
  }

  /** Whether some product is such a thing, or some article is about it. */
  isThing(stemmed: string): boolean {
    return this.#things.has(stemmed);
  }
}
