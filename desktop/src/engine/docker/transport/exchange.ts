import type { IncomingMessage } from 'node:http';
import { QuaysideError } from '#contract/index.ts';
import { cancelledError, connectionError, timeoutError } from '../errors.ts';
import type { PieceVisitor, RequestOptions, TransportResponse } from '../transport.ts';
import { startDeadline } from './deadline.ts';
import { encodeBody, encodeQuery, isReadable } from './encode.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Dialer } from './modem.ts';

/** What an exchange needs besides its request. */
export interface ExchangeOptions {
  readonly dialer: Dialer;
  readonly heartbeat: Heartbeat;
  readonly endpoint: string;
  readonly request: RequestOptions;
  /** Path with version prefix. */
  readonly path: string;
  readonly deadlineMs: number;
}

/**
 * One request and its answer. Whatever the transport below does, it settles: by the answer, by its own timer, by the
 * caller's signal or by the heartbeat; after that no listener, timer or socket of it is left.
 */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #controller = new AbortController();
  #stopDeadline: () => void = () => undefined;
  #unwatch: (() => void) | undefined;
  /** Why it ended early; also what a reader of the body is told instead of the bare socket error. */
  #failure: QuaysideError | undefined;
  #reject: ((error: QuaysideError) => void) | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  async open(): Promise<TransportResponse> {
    const { request, deadlineMs, heartbeat } = this.#options;
    const stopped = new Promise<never>((_resolve, reject) => {
      this.#reject = reject;
    });
    if (request.signal?.aborted === true) throw cancelledError();
    request.signal?.addEventListener('abort', this.#cancel, { once: true });
    this.#unwatch = heartbeat.watch((error) => {
      this.#fail(error);
    });
    this.#stopDeadline = startDeadline(deadlineMs, () => {
      this.#fail(timeoutError(request, deadlineMs));
      heartbeat.suspect();
    });
    try {
      const response = await Promise.race([this.#dial(), stopped]);
      this.#stopDeadline();
      heartbeat.touch();
      return this.#answer(response);
    } catch (error) {
      this.#close();
      throw this.#failure ?? error;
    }
  }

  async #dial(): Promise<IncomingMessage> {
    const { dialer, request, path } = this.#options;
    const { body, headers } = encodeBody(request.body, request.headers ?? {});
    if (isReadable(body)) body.once('error', this.#unreadable);
    const response = await dialer.dial({
      method: request.method,
      path,
      query: encodeQuery(request.query),
      headers,
      body,
      signal: this.#controller.signal,
    });
    if (this.#failure !== undefined) response.destroy();
    return response;
  }

  #answer(response: IncomingMessage): TransportResponse {
    const headers: Record<string, string> = {};
    for (const [key, value] of Object.entries(response.headers)) {
      if (value !== undefined) headers[key] = typeof value === 'string' ? value : value.join(', ');
    }
    return {
      status: response.statusCode ?? 0,
      headers,
      body: this.#read(response),
      drain: (visit) => this.#drain(response, visit),
      destroy: () => {
        this.#failure ??= cancelledError();
        this.#close();
      },
    };
  }

  async *#read(response: IncomingMessage): AsyncGenerator<Uint8Array> {
    const source: AsyncIterable<Uint8Array> = response;
    try {
      for await (const chunk of source) {
        this.#options.heartbeat.touch();
        yield chunk;
      }
      // A body that ends with its connection seems complete where that was closed from here.
      if (this.#failure !== undefined) throw this.#failure;
    } catch (error) {
      throw this.#failure ?? connectionError(error, this.#options.endpoint);
    } finally {
      this.#close();
    }
  }

  async #drain(response: IncomingMessage, visit: PieceVisitor): Promise<void> {
    const { heartbeat, endpoint } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const fail = (error: unknown): void => {
      reject(this.#failure ?? connectionError(error, endpoint));
    };
    response.on('data', (piece: Buffer) => {
      heartbeat.touch();
      try {
        const next = visit(piece);
        if (next === 'stop') resolve(undefined);
        if (!(next instanceof Promise)) return;
        response.pause();
        next.then(() => response.resume(), reject);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    response.on('error', fail);
    response.on('end', () => {
      // A body that ends with its connection seems complete where that was closed from here.
      if (this.#failure === undefined) resolve(undefined);
      else reject(this.#failure);
    });
    response.on('close', () => {
      fail(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' }));
    });
    try {
      await promise;
    } finally {
      this.#close();
    }
  }

  readonly #cancel = (): void => {
    this.#fail(cancelledError());
  };

  readonly #unreadable = (error: unknown): void => {
    const text = `What was to be sent to the Docker Engine could not be read: ${String(error)}`;
    this.#fail(error instanceof QuaysideError ? error : new QuaysideError('INTERNAL', text, { cause: error }));
  };

  #fail(error: QuaysideError): void {
    this.#failure ??= error;
    this.#reject?.(error);
    this.#close();
  }

  #close(): void {
    this.#stopDeadline();
    this.#unwatch?.();
    this.#options.request.signal?.removeEventListener('abort', this.#cancel);
    // Destroys the socket, except where the answer was read to its end: then it is back in the pool and stays open.
    this.#controller.abort();
  }
}
