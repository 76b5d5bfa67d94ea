import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../http/server.ts';

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export const answer =
  (status: number, body: string, headers: Record<string, string> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

/** Takes the request and never says anything. */
export const hang: Behaviour = (request) => void request.resume();

export const reset: Behaviour = (_request, response) => {
  response.socket?.resetAndDestroy();
};

/** Sends these pieces and then does what `end` says. */
export const pieces =
  (texts: readonly string[], end: 'end' | 'hang' | 'reset', contentType = 'text/plain'): Behaviour =>
  async (_request, response) => {
    response.writeHead(200, { 'content-type': contentType });
    for (const text of texts) await new Promise((resolve) => response.write(text, resolve));
    if (end === 'end') response.end();
    if (end === 'reset') response.socket?.resetAndDestroy();
  };

/** A real server on a free port of this machine that behaves as badly as a test wants. */
export async function startFaultyServer(behaviour: Behaviour = answer(200, '{}')) {
  const seen: IncomingMessage[] = [];
  let open = 0;
  let most = 0;
  const control = { behaviour };
  const server = createServer((request, response) => {
    seen.push(request);
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => {
      open -= 1;
    });
    void control.behaviour(request, response);
  });
  const url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  return {
    url,
    seen,
    /** Requests that were not over yet, now and at most. */
    running: () => ({ open, most }),
    behave(next: Behaviour) {
      control.behaviour = next;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
