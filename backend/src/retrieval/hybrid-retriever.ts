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
import type { Concept } from './concepts.ts';
import { fuse } from './fusion.ts';
import type { Language } from './language.ts';
import { leaningOf } from './leaning.ts';
import { LexicalIndex, type LexicalMatch } from './lexical-index.ts';
import type { MeaningIndex } from './meaning-index.ts';
import { isAboutOthers, soundsOffTopic } from './off-topic.ts';
import { requestedThings } from './requested-things.ts';
import { stem } from './stem.ts';

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
/** What is left of the confidence when a thing was asked for by name and what was found only mentions it. */
const mentionOnly = 0.45;
/** And when it is such a thing, but none of the kind that was asked for ("sewing" of a sewing machine). */
const otherKind = 0.6;
/** Among how many of the best matches the thing is looked for. */
const looksAt = 3;
/** How much the ranking by meaning counts against the one by words, and how many of it. */
const meantWeight = 0.3;
const looksAtMeant = 20;
/** Cosines with a passage that has nothing to do with the question, and with one that says the same. */
const unrelatedMeaning = 0.65;
const sameMeaning = 0.95;
/** How much of what the words leave open the meaning can make up. */
const meantTrust = 0.7;
/** And when the question is one that no shop is asked. */
const offTopic = 0.45;

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
    const confidence = best * this.#trust(text, concepts, matches);
    return { matches: matches.slice(0, limit), confidence, degraded: false };
  }

  async #nearest(text: string, filter: SearchFilter, signal: AbortSignal): Promise<VectorMatch[]> {
    const { embedder, store } = this.#parts;
    const [vector] = await embedder.embed([text], signal);
    if (vector === undefined) return [];
    const all = await store.search({ vector, limit: this.#passages.size, filter }, signal);
    return all.filter(({ score }) => score > embedder.similarity.unrelated);
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

  /**
   * Less than 1 where the question sounds like none for a shop, and where a thing was asked for by name that none of
   * the best matches is: they are only good for one.
   */
  #trust(text: string, concepts: readonly Concept[], matches: readonly Match[]): number {
    if (soundsOffTopic(text)) return offTopic;
    const { vocabulary } = this.#parts.language;
    if (matches[0]?.passage.kind === 'article' && isAboutOthers(text, (word) => vocabulary.isNaming(stem(word))))
      return offTopic;
    const things = requestedThings(text);
    if (things.length === 0) return 1;
    // A word that is nowhere counts against the confidence already, and may be misspelt.
    if (things.some(({ thing }) => !vocabulary.has(thing))) return 1;
    const wordingsOf = (stemmed: string) => [
      stemmed,
      ...concepts
        .filter(({ wordings }) => wordings.some(({ stems }) => stems.includes(stemmed)))
        .flatMap(({ wordings }) => wordings.flatMap(({ stems }) => stems)),
    ];
    const meant = things.flatMap(({ thing }) => {
      const concept = concepts.find(({ wordings }) => wordings.some(({ stems }) => stems.at(-1) === thing));
      return [thing, ...(concept?.wordings.flatMap(({ stems }) => stems) ?? [])];
    });
    const said = concepts.flatMap(({ wordings }) => wordings.flatMap(({ stems }) => stems));
    const are = matches
      .slice(0, looksAt)
      .filter(({ passage: { id, kind } }, place) =>
        kind === 'article'
          ? place === 0 && vocabulary.isTitle(id, said)
          : meant.some((each) => vocabulary.isHead(id, each)),
      );
    const kinds = things.flatMap(({ kind }) => (kind === undefined || !vocabulary.has(kind) ? [] : wordingsOf(kind)));
    const isKind =
      kinds.length === 0 || are.some(({ passage: { id } }) => kinds.some((each) => vocabulary.mentions(id, each)));
    if (are.length > 0 && !isKind) return otherKind;
    const isIt = are.length > 0;
    return isIt ? 1 : mentionOnly;
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
