import { createParser } from 'eventsource-parser';

export interface ReceivedEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Reads server-sent events as a client does, from pieces cut anywhere. */
export function parseEvents(pieces: Iterable<string>): ReceivedEvent[] {
  const events: ReceivedEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      events.push({ name: event ?? 'message', data: JSON.parse(data) as unknown });
    },
  });
  for (const piece of pieces) parser.feed(piece);
  return events;
}

/** Asks the chat; `accept` decides between a stream and JSON. */
export function postChat(url: string, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  return fetch(url, { ...init, body: JSON.stringify(body), signal: signal ?? null });
}
