import { EventSourceParserStream } from 'eventsource-parser/stream';
import { type ChatEvent, parseChatEvent } from './protocol.ts';
import { post, request } from './requests.ts';
import { errorOfProblem, ShopError } from './shop-error.ts';

/** The events of a `text/event-stream` body, as they come, whatever the pieces it arrives in. */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ChatEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const event = parseChatEvent(next.value.event, next.value.data);
      if (event !== undefined) yield event;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export interface Question {
  readonly message: string;
  readonly sessionId: string | undefined;
}

/**
 * Asks the shop; the last event is `done`. Fails with ShopError, also when the answer ends before it is done, or with the
 * reason of the signal.
 */
export async function* ask(question: Question, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const response = await request('/api/chat', post(question, signal, { accept: 'text/event-stream' }));
  const correlationId = response.headers.get('x-correlation-id') ?? undefined;
  try {
    if (response.body === null) throw new Error('the answer has no body');
    for await (const event of readEvents(response.body)) {
      if (event.type === 'error') throw errorOfProblem({ correlationId, ...event });
      yield event;
      if (event.type === 'done') return;
    }
  } catch (cause) {
    if (signal.aborted || cause instanceof ShopError) throw cause;
    throw new ShopError('broken', { correlationId, cause });
  }
  throw new ShopError('broken', { correlationId });
}
