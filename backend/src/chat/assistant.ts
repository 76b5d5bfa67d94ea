import { randomUUID } from 'node:crypto';
import type { Catalogue, Product } from '../catalogue/schema.ts';
import type { Llm, Match, Passage, SearchFilter, SessionStore, VectorStore } from './ports.ts';
import { understand } from './understand.ts';

export interface ChatAnswer {
  readonly sessionId: string;
  readonly answer: string;
  readonly products: readonly Product[];
  readonly sources: readonly { readonly id: string; readonly kind: Passage['kind']; readonly title: string }[];
  /** True when nothing in the catalogue answers the question. */
  readonly abstained: boolean;
}

export interface AssistantDeps {
  readonly catalogue: Catalogue;
  readonly store: VectorStore;
  readonly llm: Llm;
  readonly sessions: SessionStore;
}

const minConfidence = 0.5;
/** A match this much weaker than the best one is not shown. */
const minRelativeScore = 0.35;
const maxPassages = 4;

const abstention =
  'I could not find anything about that in our shop. Try naming a product, or ask about delivery, returns or the warranty.';

function nothingFound(filter: SearchFilter): string {
  if (filter.maxPrice === undefined) return abstention;
  return `I found nothing for that up to ${filter.maxPrice.toFixed(2)} EUR. Try a higher price, or other words.`;
}

function strong(matches: readonly Match[]): Passage[] {
  const best = matches[0]?.score ?? 0;
  return matches.filter(({ score }) => score >= best * minRelativeScore).map(({ passage }) => passage);
}

/** Answers questions from the catalogue and remembers what each conversation was about. */
export class Assistant {
  readonly #deps: AssistantDeps;
  readonly #products: ReadonlyMap<string, Product>;

  constructor(deps: AssistantDeps) {
    this.#deps = deps;
    this.#products = new Map(deps.catalogue.products.map((product) => [product.id, product]));
  }

  async ask(message: string, sessionId: string | undefined): Promise<ChatAnswer> {
    const { store, llm, sessions } = this.#deps;
    const previous = sessionId === undefined ? undefined : await sessions.get(sessionId);
    const id = sessionId ?? randomUUID();
    const { text, filter } = understand(message, previous);
    const { matches, confidence } = await store.search({ text, filter, limit: maxPassages });
    const passages = strong(matches);
    if (passages.length === 0 || confidence < minConfidence) {
      return { sessionId: id, answer: nothingFound(filter), products: [], sources: [], abstained: true };
    }
    const draft = await llm.answer({ question: text, passages });
    const cited = passages.filter((passage) => draft.cited.includes(passage.id));
    const products = cited.flatMap((passage) => this.#products.get(passage.id) ?? []);
    await sessions.save({ id, text, filter, prices: products.map(({ price }) => price) });
    const sources = cited.map(({ id: source, kind, title }) => ({ id: source, kind, title }));
    return { sessionId: id, answer: draft.text, products, sources, abstained: false };
  }
}
