import type { Entry } from '../catalogue/passages.ts';
import type {
  Embedder,
  Match,
  Passage,
  Retrieval,
  Retriever,
  SearchFilter,
  SearchQuery,
  VectorMatch,
  VectorStore,
} from '../chat/ports.ts';
import { fuse } from './fusion.ts';
import type { Language } from './language.ts';
import { leaningOf } from './leaning.ts';
import { LexicalIndex, type LexicalMatch } from './lexical-index.ts';
import type { MeaningIndex } from './meaning-index.ts';
import { requestedThings } from './requested-things.ts';
import { trustIn } from './trust.ts';

export interface HybridParts {
  readonly entries: readonly Entry[];
  readonly language: Language;
  readonly embedder: Embedder;
  readonly store: VectorStore;
  /** A third ranking, where there is one. */
  readonly meaning?: MeaningIndex;
}

/** A match is dropped when it is this much less relevant than the most relevant one. */
const minRelative = 0.5;
/** How much the ranking by meaning counts against the one by words, and how many of it. */
const meantWeight = 0.3;
const looksAtMeant = 20;
/** Cosines with a passage that has nothing to do with the question, and with one that says the same. */
const unrelatedMeaning = 0.65;
const sameMeaning = 0.95;
/** How much of what the words leave open the meaning can make up. */
const meantTrust = 0.7;

/** Full text and vectors side by side, their rankings fused. */
export class HybridRetriever implements Retriever {
  readonly #parts: HybridParts;
  readonly #passages: ReadonlyMap<string, Passage>;
  readonly #lexical: LexicalIndex;

  constructor(parts: HybridParts) {
    this.#parts = parts;
    this.#passages = new Map(parts.entries.map(({ passage }) => [passage.id, passage]));
    this.#lexical = new LexicalIndex(parts.entries, parts.language.vocabulary);
  }

  async retrieve({ text, limit, filter = {} }: SearchQuery, signal: AbortSignal): Promise<Retrieval> {
    const concepts = this.#parts.language.concepts(text);
    const lexical = this.#lexical.search({ concepts, filter, leaning: leaningOf(text) });
    const near = await this.#nearest(text, filter, signal);
    const meant = this.#meant(text, filter);
    const relevance = this.#relevance(lexical, near, meant);
    const fused = fuse([
      { ids: lexical.map(({ id }) => id), weight: 1 },
      { ids: near.map(({ id }) => id), weight: this.#parts.embedder.similarity.weight },
      { ids: meant.slice(0, looksAtMeant).map(({ id }) => id), weight: meantWeight },
    ])
      // Ranks alone would put a passage that both rankings have before one that answers the whole question.
      .map(({ id, score }) => ({ id, score: score * (relevance.get(id) ?? 0) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    const best = relevance.get(fused[0]?.id ?? '') ?? 0;
    const ranked = fused.filter(({ id }) => (relevance.get(id) ?? 0) >= best * minRelative);
    const matches = ranked.flatMap(({ id, score }): Match[] => {
      const passage = this.#passages.get(id);
      return passage === undefined ? [] : [{ passage, score }];
    });
    const confidence = best * trustIn({ text, concepts, matches }, this.#parts.language);
    return { matches: matches.slice(0, limit), confidence, degraded: false };
  }

  async #nearest(text: string, filter: SearchFilter, signal: AbortSignal): Promise<VectorMatch[]> {
    const { embedder, store } = this.#parts;
    const [vector] = await embedder.embed([text], signal);
    if (vector === undefined) return [];
    const above = embedder.similarity.unrelated;
    return [...(await store.search({ vector, limit: this.#passages.size, filter, above }, signal))];
  }

  /** By meaning; a thing that is asked for by name must be that very thing, not one like it. */
  #meant(text: string, filter: SearchFilter): VectorMatch[] {
    const { meaning, language } = this.#parts;
    if (meaning === undefined || requestedThings(text).length > 0) return [];
    return meaning.search(language.tellingWords(text), filter);
  }

  /**
   * 0 to 1 for each id: how much of the question's words it has, or how near its vector is, whichever says more; what
   * is still missing to be sure is made up in part by being near in meaning.
   */
  #relevance(
    lexical: readonly LexicalMatch[],
    near: readonly VectorMatch[],
    meant: readonly VectorMatch[],
  ): Map<string, number> {
    const { unrelated, related } = this.#parts.embedder.similarity;
    const relevance = new Map(
      near.map(({ id, score }) => [id, Math.min(1, (score - unrelated) / (related - unrelated))]),
    );
    for (const { id, confidence } of lexical) relevance.set(id, Math.max(confidence, relevance.get(id) ?? 0));
    for (const { id, score } of meant) {
      const before = relevance.get(id) ?? 0;
      const sure = Math.min(1, Math.max(0, (score - unrelatedMeaning) / (sameMeaning - unrelatedMeaning)));
      relevance.set(id, before + (1 - before) * sure * meantTrust);
    }
    return relevance;
  }
}

/** Puts the vectors of all entries into the store. */
export async function fillStore(
  { entries, embedder, store }: Omit<HybridParts, 'language'>,
  signal: AbortSignal,
): Promise<void> {
  const texts = entries.map(({ searchable: { title, text, details, needs } }) =>
    [title, title, text, details, needs].join(' '),
  );
  const vectors = await embedder.embed(texts, signal);
  const records = entries.flatMap(({ passage, facts }, index) => {
    const vector = vectors[index];
    return vector === undefined ? [] : [{ id: passage.id, vector, facts }];
  });
  await store.upsert(records, signal);
}
