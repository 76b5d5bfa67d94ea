import type { Entry } from '../catalogue/passages.ts';
import type { Embedder, Match, Passage, Retrieval, Retriever, SearchQuery, VectorStore } from '../chat/ports.ts';
import { fuse } from './fusion.ts';
import { LexicalIndex } from './lexical-index.ts';

export interface HybridParts {
  readonly entries: readonly Entry[];
  readonly synonyms: Readonly<Record<string, string>>;
  readonly embedder: Embedder;
  readonly store: VectorStore;
}

/** A match is dropped when it is this much less relevant than the most relevant one. */
const minRelative = 0.5;
/** How much the ranking by vectors counts against the one by words. */
const vectorWeight = 0.5;

/** Full text and vectors side by side, their rankings fused. */
export class HybridRetriever implements Retriever {
  readonly #parts: HybridParts;
  readonly #passages: ReadonlyMap<string, Passage>;
  readonly #lexical: LexicalIndex;

  constructor(parts: HybridParts) {
    this.#parts = parts;
    this.#passages = new Map(parts.entries.map(({ passage }) => [passage.id, passage]));
    this.#lexical = new LexicalIndex(parts.entries, parts.synonyms);
  }

  async retrieve({ text, limit, filter = {} }: SearchQuery, signal: AbortSignal): Promise<Retrieval> {
    const { embedder, store } = this.#parts;
    const lexical = this.#lexical.search(text, filter);
    const [vector] = await embedder.embed([text], signal);
    const { unrelated, related } = embedder.similarity;
    const all = vector === undefined ? [] : await store.search({ vector, limit: this.#passages.size, filter }, signal);
    const near = all.filter(({ score }) => score > unrelated);
    const relevance = new Map(
      near.map(({ id, score }) => [id, Math.min(1, (score - unrelated) / (related - unrelated))]),
    );
    for (const { id, coverage } of lexical) relevance.set(id, Math.max(coverage, relevance.get(id) ?? 0));
    const confidence = Math.max(0, ...relevance.values());
    const matches = fuse([
      { ids: lexical.map(({ id }) => id), weight: 1 },
      { ids: near.map(({ id }) => id), weight: vectorWeight },
    ])
      .filter(({ id }) => (relevance.get(id) ?? 0) >= confidence * minRelative)
      // Ranks alone would put a passage that both rankings have before one that answers the whole question.
      .map(({ id, score }) => ({ id, score: score * (relevance.get(id) ?? 0) }))
      .sort((one, other) => other.score - one.score)
      .flatMap(({ id, score }): Match[] => {
        const passage = this.#passages.get(id);
        return passage === undefined ? [] : [{ passage, score }];
      });
    return { matches: matches.slice(0, limit), confidence, degraded: false };
  }
}

/** Puts the vectors of all entries into the store. */
export async function fillStore({ entries, embedder, store }: HybridParts, signal: AbortSignal): Promise<void> {
  const texts = entries.map(({ passage, searchable: { title, text, details } }) =>
    [title, title, passage.kind === 'product' ? details : '', text].join(' '),
  );
  const vectors = await embedder.embed(texts, signal);
  const records = entries.flatMap(({ passage, facts }, index) => {
    const vector = vectors[index];
    return vector === undefined ? [] : [{ id: passage.id, vector, facts }];
  });
  await store.upsert(records, signal);
}
