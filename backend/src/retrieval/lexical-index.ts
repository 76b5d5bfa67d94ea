import MiniSearch from 'minisearch';
import type { Entry } from '../catalogue/passages.ts';
import type { Facts, SearchFilter } from '../chat/ports.ts';
import { accepts } from './filter.ts';
import { contentStems, stem, words } from './words.ts';

interface Document {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly text: string;
  readonly details: string;
}

export interface LexicalMatch {
  readonly id: string;
  readonly score: number;
  /** How much of the question the passage has, 0 to 1. */
  readonly coverage: number;
}

/** Full text over the catalogue in memory, with stems, synonyms, prefixes and typos. */
export class LexicalIndex {
  readonly #facts: ReadonlyMap<string, Facts>;
  readonly #synonyms: ReadonlyMap<string, string>;
  readonly #index: MiniSearch<Document>;

  constructor(entries: readonly Entry[], synonyms: Readonly<Record<string, string>>) {
    this.#facts = new Map(entries.map(({ passage, facts }) => [passage.id, facts]));
    this.#synonyms = new Map(Object.entries(synonyms).map(([from, to]) => [stem(from), stem(to)]));
    this.#index = new MiniSearch<Document>({
      fields: ['title', 'category', 'text', 'details'],
      tokenize: words,
      processTerm: stem,
      searchOptions: {
        boost: { title: 3, category: 2 },
        prefix: (term) => term.length > 3,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        weights: { prefix: 0.5, fuzzy: 0.3 },
      },
    });
    this.#index.addAll(
      entries.map(({ passage, facts, searchable }) => ({
        id: passage.id,
        category: facts.category ?? '',
        ...searchable,
      })),
    );
  }

  /** All that match, best first. */
  search(text: string, filter: SearchFilter): LexicalMatch[] {
    const terms = [...new Set(contentStems(text).map((term) => this.#synonyms.get(term) ?? term))];
    const found = this.#index.search(terms.join(' '), {
      filter: (result) => {
        const facts = this.#facts.get(String(result.id));
        return facts !== undefined && accepts(facts, filter);
      },
    });
    return found
      .map(({ id, score, queryTerms }) => {
        const coverage = new Set(queryTerms).size / terms.length;
        return { id: String(id), coverage, score: score * coverage };
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }
}
