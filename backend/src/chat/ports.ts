import type { Dependency } from '@shop/service/health/monitor';

/** One retrievable piece of the catalogue: a product or a help article. */
export interface Passage {
  readonly id: string;
  readonly kind: 'product' | 'article';
  readonly title: string;
  readonly text: string;
}

export interface SearchFilter {
  readonly kind?: Passage['kind'];
  readonly category?: string;
  /** Only products that cost at most this, in the catalogue's currency. */
  readonly maxPrice?: number;
  readonly inStock?: boolean;
}

export interface SearchQuery {
  readonly text: string;
  readonly limit: number;
  readonly filter?: SearchFilter;
}

export interface Match {
  readonly passage: Passage;
  /** Higher is better; comparable within one search only. */
  readonly score: number;
}

export interface SearchResult {
  readonly matches: readonly Match[];
  /** How much of the question the best match covers, 0 to 1. */
  readonly confidence: number;
}

/** Finds passages for a question. Implementations: embedded full text now, a vector database later. */
export interface VectorStore extends Dependency {
  search(query: SearchQuery): Promise<SearchResult>;
}

export interface AnswerRequest {
  readonly question: string;
  /** Best first; never empty. */
  readonly passages: readonly Passage[];
}

export interface DraftAnswer {
  readonly text: string;
  /** Ids of the passages that the text rests on. */
  readonly cited: readonly string[];
}

/** Words an answer from passages. Implementations: an extractive one now, language models later. */
export interface Llm extends Dependency {
  answer(request: AnswerRequest): Promise<DraftAnswer>;
}

/** What the chat remembers of a conversation for the next question. */
export interface Session {
  readonly id: string;
  readonly text: string;
  readonly filter: SearchFilter;
  /** Prices of the products last shown. */
  readonly prices: readonly number[];
}

export interface SessionStore {
  get(id: string): Promise<Session | undefined>;
  save(session: Session): Promise<void>;
}
