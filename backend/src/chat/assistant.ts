import { randomUUID } from 'node:crypto';
import type { Product } from '../catalogue/schema.ts';
import { apology } from './apology.ts';
import type { ChatEvent } from './events.ts';
import { type FinderDeps, Finder, type Found } from './find.ts';
import type { ChatModel, ChatPart, Passage, Session, SessionStore } from './ports.ts';
import { spoken } from './spoken.ts';
import { type Question, understand } from './understanding/understand.ts';

export interface AssistantDeps extends FinderDeps {
  readonly model: ChatModel;
  readonly sessions: SessionStore;
}

/** One question on its way to an answer. */
interface Turn {
  readonly sessionId: string;
  readonly message: string;
  readonly question: Question;
  readonly previous: Session | undefined;
}

const maxTurns = 6;

/**
 * What the next question may refer to. One about products that were shown leaves them shown; one that an article
 * answers leaves none, so that "it" is then what was asked about.
 */
function remember(
  { sessionId, message, question, previous }: Turn,
  answer: string,
  cited: readonly Passage[],
): Session {
  const history = [...(previous?.history ?? []), { question: message, answer }].slice(-maxTurns);
  const products = cited.filter(({ kind }) => kind === 'product').map(({ id }) => id);
  if (previous !== undefined && question.followUp.kind === 'shown') {
    return { ...previous, focus: products[0] ?? previous.focus, history };
  }
  const { text, filter } = question;
  const shown = cited[0]?.kind === 'article' ? [] : products;
  return { id: sessionId, text, filter, shown, focus: shown[0], history };
}

/** Answers questions from the catalogue and remembers what each conversation was about. */
export class Assistant {
  readonly #deps: AssistantDeps;
  readonly #finder: Finder;
  readonly #products: ReadonlyMap<string, Product>;
  readonly #categories: readonly string[];

  constructor(deps: AssistantDeps) {
    this.#deps = deps;
    this.#finder = new Finder(deps);
    this.#products = new Map(deps.catalogue.products.map((product) => [product.id, product]));
    this.#categories = [...new Set(deps.catalogue.products.map(({ category }) => category))];
  }

  /** Nothing comes before the passages are found; what fails until then fails the first event. */
  async *ask(message: string, sessionId: string | undefined, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const previous = sessionId === undefined ? undefined : await this.#deps.sessions.get(sessionId, signal);
    const shown = this.#productsOf(previous?.shown ?? []);
    const { language } = this.#deps;
    const question = understand(message, { language, categories: this.#categories, previous, shown });
    const found = await this.#finder.find(question, previous, signal);
    const turn = { sessionId: sessionId ?? randomUUID(), message, question, previous };
    yield { type: 'session', sessionId: turn.sessionId };
    if (found.passages.length === 0) yield* this.#abstain(turn, found);
    else yield* this.#answer(turn, found, signal);
  }

  *#abstain({ sessionId, question }: Turn, { degraded }: Found): Generator<ChatEvent> {
    yield* spoken(apology(question)).map((text) => ({ type: 'token', text }) as const);
    yield { type: 'citations', citations: [] };
    yield { type: 'products', products: [] };
    yield { type: 'done', sessionId, abstained: true, degraded };
  }

  async *#answer(turn: Turn, found: Found, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const { passages } = found;
    const ids = new Set<string>();
    let answer = '';
    let { degraded } = found;
    for await (const part of this.#parts(turn, passages, signal)) {
      if (part.type === 'abstained') {
        yield* this.#abstain(turn, { passages: [], degraded });
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
    const products = this.#productsOf(cited.map(({ id }) => id));
    yield { type: 'citations', citations: cited.map(({ id, kind, title }) => ({ id, kind, title })) };
    yield { type: 'products', products };
    await this.#deps.sessions.save(remember(turn, answer, cited), signal);
    yield { type: 'done', sessionId: turn.sessionId, abstained: false, degraded };
  }

  #parts(
    { message, question, previous }: Turn,
    passages: readonly Passage[],
    signal: AbortSignal,
  ): AsyncIterable<ChatPart> {
    const goesOn = question.followUp.kind === 'refine' || question.followUp.kind === 'others';
    const asked = goesOn && previous !== undefined ? `${previous.text}: ${message}` : message;
    return this.#deps.model.answer({ question: asked, passages, history: previous?.history ?? [] }, signal);
  }

  #productsOf(ids: readonly string[]): Product[] {
    return ids.flatMap((id) => this.#products.get(id) ?? []);
  }
}
