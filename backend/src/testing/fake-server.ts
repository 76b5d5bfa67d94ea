import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Behaviour, startFaultyServer } from '@shop/service/testing/faulty-server';

/** One request to a fake cloud service. */
export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export type FakeAnswer = (request: FakeRequest, response: ServerResponse) => void | Promise<void>;

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A stream that does not come to its end: what happens instead, after how many events. */
export interface Cut {
  readonly after: number;
  readonly then: 'reset' | 'hang' | 'end';
}

/** Server-sent events, each `data` written on its own, as language models send them. */
export async function sendEvents(response: ServerResponse, events: readonly string[], cut?: Cut): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const data of events.slice(0, cut?.after)) {
    await new Promise((resolve) => response.write(`data: ${data}\n\n`, resolve));
    await new Promise(setImmediate);
  }
  if (cut?.then === 'reset') response.socket?.resetAndDestroy();
  else if (cut?.then !== 'hang') response.end();
}

/** A fake of a cloud service on this machine; `behave` of it replaces its good behaviour by a fault, `heal` brings it back. */
export async function startFake(answer: FakeAnswer) {
  const requests: FakeRequest[] = [];
  const good: Behaviour = async (incoming, response) => {
    const body = await text(incoming);
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const json: unknown = body === '' ? undefined : JSON.parse(body);
    const request = { method: incoming.method ?? '', url, headers: incoming.headers, body: json };
    requests.push(request);
    await answer(request, response);
  };
  const server = await startFaultyServer(good);
  return {
    ...server,
    requests,
    heal: () => {
      server.behave(good);
    },
  };
}

export type Fake = Awaited<ReturnType<typeof startFake>>;
