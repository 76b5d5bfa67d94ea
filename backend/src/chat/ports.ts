import type { Dependency } from '@shop/service/health/monitor';

/** One retrievable piece of the catalogue: a product or a help article. */
export interface Passage {
  readonly id: string;
  readonly kind: 'product' | 'article';
  readonly title: string;
  /** All that may be said about it, price and stock of a product included. */
  readonly text: string;
  /** The same price and stock as in the text; products only. */
  readonly offer?: Offer;
}

export interface Offer {
  readonly price: number;
  readonly currency: string;
  readonly stock: number;
}

/** What filters look at. Category, price and stock are those of a product; an article has none. */
export interface Facts {
  readonly kind: Passage['kind'];
  readonly category?: string;
  readonly price?: number;
  readonly inStock?: boolean;
}

/** Bounds on price are inclusive and in the catalogue's currency. Anything but `kind` leaves products only. */
export interface SearchFilter {
  readonly kind?: Passage['kind'];
  readonly category?: string;
  readonly minPrice?: number;
  readonly maxPrice?: number;
  readonly inStock?: boolean;
}

export type Vector = readonly number[] | Float32Array;

/** What the cosines of an embedder's vectors mean. */
export interface Similarity {
  /** That of a question with a passage that has nothing to do with it. */
  readonly unrelated: number;
  /** That of a question with a passage that answers it. */
  readonly related: number;
  /** How much the ranking by vectors counts against the one by words; 1: as much. */
  readonly weight: number;
}

/** Turns texts into vectors, one each in the same order. */
export interface Embedder extends Dependency {
  readonly dimensions: number;
  readonly similarity: Similarity;
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Vector[]>;
}

export interface VectorRecord {
  readonly id: string;
  readonly vector: Vector;
  readonly facts: Facts;
}

export interface VectorQuery {
  readonly vector: Vector;
  readonly limit: number;
  readonly filter: SearchFilter;
  /** Only those above it; all of them where it is not given. */
  readonly above?: number;
}

export interface VectorMatch {
  readonly id: string;
  /** Cosine of the two vectors. */
  readonly score: number;
}

/** Finds the records nearest to a vector, best first. */
export interface VectorStore extends Dependency {
  upsert(records: readonly VectorRecord[], signal: AbortSignal): Promise<void>;
  search(query: VectorQuery, signal: AbortSignal): Promise<readonly VectorMatch[]>;
}

export interface SearchQuery {
  readonly text: string;
  readonly limit: number;
  readonly filter?: SearchFilter;
}

export interface Match {
  readonly passage: Passage;
  /** Higher is better; comparable within one retrieval only. */
  readonly score: number;
}

export interface Retrieval {
  /** Best first. */
  readonly matches: readonly Match[];
  /** How sure it is that the best match answers the question, 0 to 1. */
  readonly confidence: number;
  /** True when a part that should have helped could not. */
  readonly degraded: boolean;
}

/** Finds the passages that answer a question. */
export interface Retriever {
  retrieve(query: SearchQuery, signal: AbortSignal): Promise<Retrieval>;
}

/** One question and its answer, as the customer saw them. */
export interface Turn {
  readonly question: string;
  readonly answer: string;
}

export interface AnswerRequest {
  readonly question: string;
  /** Best first; never empty. */
  readonly passages: readonly Passage[];
  /** Earlier turns of the conversation, oldest first. */
  readonly history?: readonly Turn[];
}

/**
 * A piece of the answer, the passages that it rests on, word that a lesser model than the configured one answers, or
 * that the passages do not answer the question.
 */
export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'cited'; readonly ids: readonly string[] }
  | { readonly type: 'degraded' }
  | { readonly type: 'abstained' };

/** Words an answer from passages, piece by piece. */
export interface ChatModel extends Dependency {
  answer(request: AnswerRequest, signal: AbortSignal): AsyncIterable<ChatPart>;
}

/** What the chat remembers of a conversation for the next question. */
export interface Session {
  readonly id: string;
  /** What was last searched for. */
  readonly text: string;
  readonly filter: SearchFilter;
  /** Ids of the products last shown, best first. */
  readonly shown: readonly string[];
  /** Id of the product that the conversation is about. */
  readonly focus?: string | undefined;
  readonly history: readonly Turn[];
}

export interface SessionStore {
  get(id: string, signal: AbortSignal): Promise<Session | undefined>;
  save(session: Session, signal: AbortSignal): Promise<void>;
}
