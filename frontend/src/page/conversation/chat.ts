import type { ask, Question } from '../shop/chat-stream.ts';
import { ShopError } from '../shop/shop-error.ts';
import type { ReachMonitor } from './reach.ts';
import { type Action, type Conversation, openTurn, reduce, type Status } from './turns.ts';

export interface ChatDeps {
  readonly ask: typeof ask;
  readonly rate: (sessionId: string, helpful: boolean) => Promise<void>;
  readonly reach: ReachMonitor;
  /** Called after every change but the growing of an answer. */
  readonly keep: (conversation: Conversation) => void;
}

/** So often a question is asked again by itself, so that one that brings the shop down is not asked for ever. */
const maxAttempts = 5;
/** Where the shop does not say how long. */
const waitMs = { limited: 30_000, busy: 2000 };

/** How a question waits after an error; undefined when it is not asked again by itself. */
function parkedAfter({ kind, retryAfterMs }: ShopError): Extract<Status, { kind: 'parked' }> | undefined {
  if (kind === 'unreachable') return { kind: 'parked', why: kind };
  if (kind !== 'limited' && kind !== 'busy') return undefined;
  return { kind: 'parked', why: kind, until: Date.now() + (retryAfterMs ?? waitMs[kind]) };
}

/** The conversation with the shop: one question at a time, asked again by itself when the shop could not take it. */
export class Chat {
  readonly #deps: ChatDeps;
  readonly #listeners = new Set<() => void>();
  #conversation: Conversation;
  #running: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;

  constructor(deps: ChatDeps, conversation: Conversation) {
    this.#deps = deps;
    this.#conversation = conversation;
    deps.reach.subscribe(() => {
      this.#resume();
    });
  }

  readonly get = (): Conversation => this.#conversation;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks a question; does nothing while another is open. */
  readonly send = (question: string): void => {
    if (openTurn(this.#conversation) !== undefined) return;
    this.#dispatch({ type: 'asked', question });
    this.#begin();
  };

  /** Asks a question of the conversation once more. */
  readonly again = (id: number): void => {
    if (openTurn(this.#conversation) !== undefined) return;
    this.#dispatch({ type: 'asked-again', id });
    this.#begin();
  };

  /** Leaves the open question as it is. */
  readonly stop = (): void => {
    this.#stop('customer');
  };

  /** The page is left: what had come is kept. */
  readonly leave = (): void => {
    this.#stop('leaving');
  };

  readonly clear = (): void => {
    this.#abandon();
    this.#dispatch({ type: 'cleared' });
  };

  readonly rate = async (id: number, helpful: boolean): Promise<boolean> => {
    const { sessionId, turns } = this.#conversation;
    const before = turns.find((turn) => turn.id === id)?.helpful;
    if (sessionId === undefined) return false;
    this.#dispatch({ type: 'rated', id, helpful });
    try {
      await this.#deps.rate(sessionId, helpful);
      return true;
    } catch {
      this.#dispatch({ type: 'rated', id, helpful: before });
      return false;
    }
  };

  #dispatch(action: Action): void {
    this.#conversation = reduce(this.#conversation, action);
    if (action.type !== 'received' || action.event.type !== 'token') this.#deps.keep(this.#conversation);
    for (const listener of this.#listeners) listener();
  }

  #stop(by: 'customer' | 'leaving'): void {
    this.#abandon();
    const open = openTurn(this.#conversation);
    if (open) this.#dispatch({ type: 'settled', id: open.id, status: { kind: 'stopped', by } });
  }

  #abandon(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = undefined;
  }

  #begin(): void {
    this.#attempts = 0;
    this.#run();
  }

  #run(): void {
    const open = openTurn(this.#conversation);
    if (open === undefined) return;
    this.#abandon();
    this.#attempts += 1;
    if (open.status.kind === 'parked') this.#dispatch({ type: 'asked-again', id: open.id });
    const running = new AbortController();
    this.#running = running;
    const { sessionId } = this.#conversation;
    void this.#listen(open.id, { message: open.question, sessionId }, running.signal);
  }

  async #listen(id: number, question: Question, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of this.#deps.ask(question, signal)) {
        if (signal.aborted) return;
        this.#dispatch({ type: 'received', id, event });
      }
    } catch (error) {
      if (!signal.aborted) this.#fail(id, error);
    }
  }

  #fail(id: number, error: unknown): void {
    const trouble = error instanceof ShopError ? error : new ShopError('broken', { cause: error });
    const { kind, correlationId } = trouble;
    const untouched = openTurn(this.#conversation)?.answer.text === '';
    const parked = untouched && this.#attempts < maxAttempts ? parkedAfter(trouble) : undefined;
    const status = parked ?? { kind: 'failed', again: kind !== 'refused', correlationId };
    this.#dispatch({ type: 'settled', id, status });
    if (kind === 'unreachable') this.#deps.reach.reportDown();
    if (parked === undefined || parked.why === 'unreachable') return;
    this.#timer = setTimeout(() => {
      this.#run();
    }, parked.until - Date.now());
  }

  #resume(): void {
    const open = openTurn(this.#conversation);
    const waits = open?.status.kind === 'parked' && open.status.why === 'unreachable';
    if (waits && this.#deps.reach.get() === 'up') this.#run();
  }
}
