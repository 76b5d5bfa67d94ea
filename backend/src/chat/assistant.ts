import { randomUUID } from 'node:crypto';
import type { Catalogue, Product } from '../catalogue/schema.ts';
import type { ChatEvent } from './events.ts';
import type { ChatModel, Passage, Retriever, SearchFilter, Session, SessionStore } from './ports.ts';
import { understand } from './understand.ts';

export interface AssistantDeps {
  readonly catalogue: Catalogue;
  readonly retriever: Retriever;
  readonly model: ChatModel;
  readonly sessions: SessionStore;
}

const minConfidence = 0.5;
const maxPassages = 4;
const maxTurns = 6;

const abstention =
  'I could not find anything about that in our shop. Try naming a product, or ask about delivery, returns or the warranty.';

function nothingFound(filter: SearchFilter): string {
  if (filter.maxPrice === undefined) return abstention;
  return `I found nothing for that up to ${filter.maxPrice.toFixed(2)} EUR. Try a higher price, or other words.`;
}

/** Answers questions from the catalogue and remembers what each conversation was about. */
export class Assistant {
  readonly #deps: AssistantDeps;
  readonly #products: ReadonlyMap<string, Product>;

  constructor(deps: AssistantDeps) {
    this.#deps = deps;
    this.#products = new Map(deps.catalogue.products.map((product) => [product.id, product]));
  }

  /** Nothing comes before the passages are found; what fails until then fails the first event. */
  async *ask(message: string, sessionId: string | undefined, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const { retriever, sessions } = this.#deps;
    const previous = sessionId === undefined ? undefined : await sessions.get(sessionId, signal);
    const id = sessionId ?? randomUUID();
    const { text, filter } = understand(message, this.#pricesOf(previous), previous);
    const found = await retriever.retrieve({ text, filter, limit: maxPassages }, signal);
    yield { type: 'session', sessionId: id };
    if (found.matches.length === 0 || found.confidence < minConfidence) {
      yield* this.#abstain(id, filter, found.degraded);
      return;
    }
    const passages = found.matches.map(({ passage }) => passage);
    const session = { id, text, filter, shown: [], history: previous?.history ?? [] };
    yield* this.#answer({ message, passages, session, degraded: found.degraded }, signal);
  }

  *#abstain(sessionId: string, filter: SearchFilter, degraded: boolean): Generator<ChatEvent> {
    yield { type: 'token', text: nothingFound(filter) };
    yield { type: 'citations', citations: [] };
    yield { type: 'products', products: [] };
    yield { type: 'done', sessionId, abstained: true, degraded };
  }

  async *#answer(
    turn: { message: string; passages: readonly Passage[]; session: Session; degraded: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent> {
    const { model, sessions } = this.#deps;
    const { message, passages, session } = turn;
    const ids = new Set<string>();
    let answer = '';
    let { degraded } = turn;
    const request = { question: session.text, passages, history: session.history };
    for await (const part of model.answer(request, signal)) {
      if (part.type === 'abstained') {
        yield* this.#abstain(session.id, {}, degraded);
        return;
      }
      if (part.type === 'degraded') degraded = true;
      else if (part.type === 'cited') for (const id of part.ids) ids.add(id);
      else {
        answer += part.text;
        yield { type: 'token', text: part.text };
      }
    }
    const cited = passages.filter((passage) => ids.has(passage.id));
    const products = cited.flatMap((passage) => this.#products.get(passage.id) ?? []);
    yield { type: 'citations', citations: cited.map(({ id, kind, title }) => ({ id, kind, title })) };
    yield { type: 'products', products };
    const history = [...session.history, { question: message, answer }].slice(-maxTurns);
    await sessions.save({ ...session, shown: products.map(({ id }) => id), history }, signal);
    yield { type: 'done', sessionId: session.id, abstained: false, degraded };
  }

  #pricesOf(session: Session | undefined): number[] {
    return (session?.shown ?? []).flatMap((id) => this.#products.get(id)?.price ?? []);
  }
}
