import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { type Product, shelf } from './shelf.ts';

/** One question that the page asked, and the way to answer it step by step. */
export interface Asked {
  readonly message: string;
  readonly sessionId: string | undefined;
  /** Sends an event of the chat's protocol. */
  readonly event: (name: string, data: unknown) => void;
  readonly end: () => void;
  /** Breaks the connection off. */
  readonly cut: () => void;
  /** Answers with an error body instead of a stream. */
  readonly refuse: (status: number, code: string, headers?: Readonly<Record<string, string>>) => void;
  /** Resolves when the page has left before the end. */
  readonly left: Promise<unknown>;
}

type Script = (asked: Asked) => void | Promise<void>;

const sessionId = '0f6b1d1e-session';

function problem(status: number, code: string): string {
  const detail = 'The scripted backend was told to say so.';
  return JSON.stringify({ type: 'about:blank', title: code, status, detail, code, correlationId: 'scripted-problem' });
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
) {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
  response.end(problem(status, code));
}

function asked(body: { message: string; sessionId?: string }, response: ServerResponse): Asked {
  return {
    message: body.message,
    sessionId: body.sessionId,
    event(name, data) {
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end: () => response.end(),
    cut: () => response.destroy(),
    refuse: (status, code, headers) => {
      refuse(response, status, code, headers);
    },
    left: once(response, 'close'),
  };
}

/** A whole answer in the order of the protocol. */
export interface WholeAnswer {
  readonly text: string;
  readonly products?: readonly Product[];
  readonly citations?: readonly { readonly id: string; readonly kind: 'product' | 'article'; readonly title: string }[];
  readonly abstained?: boolean;
  readonly degraded?: boolean;
}

/** A script that answers at once. */
export function answering(answer: WholeAnswer): Script {
  return ({ event, end }) => {
    const { text, products = [], abstained = false, degraded = false } = answer;
    const ofProducts = products.map(({ id, name }) => ({ id, kind: 'product', title: name }));
    event('session', { sessionId });
    for (const word of text.split(/(?<= )/)) event('token', { text: word });
    event('citations', { citations: answer.citations ?? ofProducts });
    event('products', { products });
    event('done', { sessionId, abstained, degraded });
    end();
  };
}

/**
 * A backend that answers as a spec tells it to, for states that the real one gets into by chance or by load only. It
 * speaks the real one's protocol.
 */
export class ScriptedBackend {
  /** Answers the questions. */
  script: Script = answering({ text: 'Hello.' });
  /** Whether it says that it is well; while it does not, every request is refused. */
  healthy = true;
  feedbackWorks = true;
  readonly feedback: unknown[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  reset(): void {
    this.script = answering({ text: 'Hello.' });
    this.healthy = true;
    this.feedbackWorks = true;
    this.feedback.length = 0;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the scripted backend has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '' } = request;
    if (!this.healthy) refuse(response, 503, 'backend_unavailable');
    else if (url === '/health') response.end();
    else if (url === '/api/chat') {
      await this.script(asked((await json(request)) as { message: string; sessionId?: string }, response));
    } else if (url === '/api/feedback' && this.feedbackWorks) {
      this.feedback.push(await json(request));
      response.writeHead(204).end();
    } else this.#product(url, response);
  }

  #product(url: string, response: ServerResponse): void {
    const product = shelf.find(({ id }) => url === `/api/products/${id}`);
    if (product === undefined) refuse(response, url.includes('/products/') ? 404 : 500, 'no_such_thing');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(product));
  }
}
