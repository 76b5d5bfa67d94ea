import { once } from 'node:events';
import type { Response } from 'express';

/** One server-sent event. JSON has no raw line breaks, so that one `data` line holds it whole. */
export function encodeEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Characters; what is longer does not wait for what comes with it. */
const maxUnsent = 16_384;

/** An answer that is written event by event. Nothing is sent before the first one. */
export class EventStream {
  readonly #response: Response;
  /** What is made in one go is sent in one piece. */
  #unsent = '';

  constructor(response: Response) {
    this.#response = response;
  }

  /** Resolves when the client has room for more; rejects with the signal's reason when it is aborted meanwhile. */
  async send(name: string, data: unknown, signal: AbortSignal): Promise<void> {
    if (!this.#response.headersSent) this.#begin();
    // Runs when all has been done that can be done without waiting.
    if (this.#unsent === '') process.nextTick(this.#flush);
    this.#unsent += encodeEvent(name, data);
    if (this.#unsent.length > maxUnsent) this.#flush();
    if (this.#response.writableNeedDrain) await once(this.#response, 'drain', { signal });
  }

  end(): void {
    this.#response.end(this.#unsent);
    this.#unsent = '';
  }

  readonly #flush = (): void => {
    if (this.#unsent === '' || this.#response.writableEnded) return;
    this.#response.write(this.#unsent);
    this.#unsent = '';
  };

  #begin(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Proxies in between neither keep, compress nor hold back any of it.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  }
}

/** Aborts when the client leaves before it has the whole answer. */
export function clientSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
