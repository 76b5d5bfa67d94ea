import type { Logger } from '@shop/service/logging/logger';
import { OutboundError } from '@shop/service/outbound/errors';
import type { AnswerRequest, ChatModel, ChatPart, Retrieval, Retriever, SearchQuery } from '../chat/ports.ts';

const brokeOff = ' … I am sorry, I was interrupted. In short: ';

/** Calls that were not made are told once, by the change of the circuit. */
function tell(log: Logger, error: unknown, message: string): void {
  const notMade =
    error instanceof OutboundError &&
    (error.code === 'circuit_open' || (error.status === undefined && error.code === 'rate_limited'));
  const reason = error instanceof Error ? error.message : String(error);
  log[notMade ? 'debug' : 'warn']({ reason }, message);
}

/** Searches with the first retriever, and with the second where that fails; the result then says that it is degraded. */
export class FallbackRetriever implements Retriever {
  readonly #first: Retriever;
  readonly #second: Retriever;
  readonly #log: Logger;

  constructor(first: Retriever, second: Retriever, logger: Logger) {
    this.#first = first;
    this.#second = second;
    this.#log = logger.child({ logger: 'providers', module: 'providers/fallback' });
  }

  async retrieve(query: SearchQuery, signal: AbortSignal): Promise<Retrieval> {
    try {
      return await this.#first.retrieve(query, signal);
    } catch (error) {
      signal.throwIfAborted();
      tell(this.#log, error, 'searched without the provider');
      return { ...(await this.#second.retrieve(query, signal)), degraded: true };
    }
  }
}

/** Answers with the first model, and with the second where that fails, also in the middle of an answer. */
export class FallbackModel implements ChatModel {
  readonly name: string;
  readonly replaceable = true;
  readonly #first: ChatModel;
  readonly #second: ChatModel;
  readonly #log: Logger;

  constructor(first: ChatModel, second: ChatModel, logger: Logger) {
    this.name = first.name;
    this.#first = first;
    this.#second = second;
    this.#log = logger.child({ logger: 'providers', module: 'providers/fallback' });
  }

  ping(signal: AbortSignal): Promise<void> {
    return this.#first.ping(signal);
  }

  async *answer(request: AnswerRequest, signal: AbortSignal): AsyncGenerator<ChatPart> {
    let begun = false;
    try {
      for await (const part of this.#first.answer(request, signal)) {
        begun ||= part.type === 'text';
        yield part;
      }
    } catch (error) {
      signal.throwIfAborted();
      tell(this.#log, error, 'answered without the provider');
      yield { type: 'degraded' };
      if (begun) yield { type: 'text', text: brokeOff };
      yield* this.#second.answer(request, signal);
    }
  }
}
