import MiniSearch from 'minisearch';
import type { Catalogue } from '../catalogue/schema.ts';
import type { Passage, SearchFilter, SearchQuery, SearchResult, VectorStore } from './ports.ts';
import { contentStems, stem, words } from './words.ts';

interface Entry extends Passage {
  readonly category: string;
  readonly details: string;
  readonly price: number;
  readonly inStock: boolean;
}

function entries(catalogue: Catalogue): Entry[] {
  const products = catalogue.products.map(
    (product): Entry => ({
      id: product.id,
      kind: 'product',
      title: product.name,
      text: product.description,
      details: product.features.join(', '),
      category: product.category,
      price: product.price,
      inStock: product.stock > 0,
    }),
  );
  const articles = catalogue.articles.map(
    (article): Entry => ({ ...article, kind: 'article', category: '', details: '', price: 0, inStock: true }),
  );
  return [...products, ...articles];
}

function accepts(entry: Entry, filter: SearchFilter): boolean {
  if (filter.kind !== undefined && entry.kind !== filter.kind) return false;
  const productOnly = filter.maxPrice !== undefined || filter.inStock === true || filter.category !== undefined;
  if (!productOnly) return true;
  if (entry.kind !== 'product') return false;
  if (filter.maxPrice !== undefined && entry.price > filter.maxPrice) return false;
  if (filter.category !== undefined && entry.category !== filter.category) return false;
  return filter.inStock !== true || entry.inStock;
}

/** The embedded store: full text over the catalogue in memory, with stems, synonyms, prefixes and typos. */
export class MiniSearchStore implements VectorStore {
  readonly name = 'vector_store';
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #synonyms: ReadonlyMap<string, string>;
  readonly #index: MiniSearch<Entry>;

  constructor(catalogue: Catalogue) {
    const all = entries(catalogue);
    this.#entries = new Map(all.map((entry) => [entry.id, entry]));
    this.#synonyms = new Map(Object.entries(catalogue.synonyms).map(([from, to]) => [stem(from), stem(to)]));
    this.#index = new MiniSearch<Entry>({
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
    this.#index.addAll(all);
  }

  search({ text, limit, filter = {} }: SearchQuery): Promise<SearchResult> {
    const terms = [...new Set(contentStems(text).map((term) => this.#synonyms.get(term) ?? term))];
    const found = this.#index.search(terms.join(' '), {
      filter: (result) => {
        const entry = this.#entries.get(String(result.id));
        return entry !== undefined && accepts(entry, filter);
      },
    });
    const ranked = found
      .map(({ id, score, queryTerms }) => ({
        id: String(id),
        coverage: new Set(queryTerms).size / terms.length,
        score,
      }))
      .map(({ id, coverage, score }) => ({ passage: this.#entries.get(id), coverage, score: score * coverage }))
      .sort((a, b) => b.score - a.score);
    const matches = ranked.slice(0, limit).flatMap(({ passage, score }) => (passage ? [{ passage, score }] : []));
    return Promise.resolve({ matches, confidence: ranked[0]?.coverage ?? 0 });
  }

  ping(): Promise<void> {
    if (this.#index.documentCount === 0) return Promise.reject(new Error('the index is empty'));
    return Promise.resolve();
  }
}
