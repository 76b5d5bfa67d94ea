import type { Outbound } from '@shop/service/outbound/outbound';
import { streamText } from 'ai';
import type { AnswerRequest, ChatModel, ChatPart } from '../chat/ports.ts';
import { type AiProvider, askForModels } from './ai-provider.ts';
import { CitationReader } from './citations.ts';
import { createPing } from './ping.ts';
import { instructions, messagesOf } from './prompt.ts';

const maxOutputTokens = 500;

/** The library would write errors to the console; they are thrown instead. */
const silent = () => undefined;

/** A language model of OpenAI or Google. Fails with OutboundError, or InvalidAnswerError for what must not be shown. */
export class AiChatModel implements ChatModel {
  readonly name = 'llm';
  readonly replaceable = true;
  readonly ping: (signal: AbortSignal) => Promise<void>;
  readonly #provider: AiProvider;
  readonly #outbound: Outbound;

  constructor(provider: AiProvider, outbound: Outbound) {
    this.#provider = provider;
    this.#outbound = outbound;
    this.ping = createPing(outbound, () => askForModels(provider));
  }

  async *answer(request: AnswerRequest, signal: AbortSignal): AsyncGenerator<ChatPart> {
    const reader = new CitationReader(request.passages.map(({ id }) => id));
    // What the model makes of a question is no trouble of the provider, so it is judged outside of the call.
    for await (const text of this.#outbound.stream((ended) => this.#write(request, ended), { signal })) {
      yield* reader.feed(text);
    }
    yield* reader.end();
  }

  async *#write(request: AnswerRequest, abortSignal: AbortSignal): AsyncGenerator<string> {
    const { stream } = streamText({
      model: this.#provider.chatModel,
      instructions,
      messages: messagesOf(request),
      maxOutputTokens,
      maxRetries: 0,
      abortSignal,
      onError: silent,
    });
    for await (const part of stream) {
      if (part.type === 'text-delta') yield part.text;
      else if (part.type === 'error') throw part.error;
      else if (part.type === 'finish' && part.finishReason !== 'stop' && part.finishReason !== 'length') {
        throw new Error(`the answer ended with ${part.rawFinishReason ?? part.finishReason}`);
      }
    }
  }
}
