import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { cancelledError, connectionError, timeoutError } from '../errors.ts';
import type { PieceVisitor, RequestOptions, TransportResponse } from '../transport.ts';
import { startDeadline } from './deadline.ts';
import { encodeBody, encodeQuery, isReadable } from './encode.ts';
import type { Heartbeat } from './heartbeat.ts';
import { receivedFrom } from './http-answer.ts';
import type { Dialer } from './modem.ts';
import type { Received } from './received.ts';

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
      const dialled = this.#dial();
      // Where it was given up meanwhile, nobody takes what comes after all.
      const late = dialled.then((received) => {
        if (this.#failure !== undefined) received.destroy();
      });
      late.catch(() => undefined);
      const received = await Promise.race([dialled, stopped]);
      this.#stopDeadline();
      heartbeat.touch();
      return this.#answer(received);
    } catch (error) {
      this.#close();
      throw this.#failure ?? error;
    }
  }

  async #dial(): Promise<Received> {
    const { dialer, request, path } = this.#options;
    const { signal } = this.#controller;
    const query = encodeQuery(request.query);
    const { ownConnection } = request;
    if (ownConnection !== undefined && dialer.plain !== undefined)
      return dialer.plain.dial({ path, query, signal, mayRest: ownConnection === 'live' });
    const { body, headers } = encodeBody(request.body, request.headers ?? {});
    if (isReadable(body)) body.once('error', this.#unreadable);
    return receivedFrom(await dialer.dial({ method: request.method, path, query, headers, body, signal }));
  }

  #answer(received: Received): TransportResponse {
    return {
      status: received.status,
      headers: received.headers,
      body: this.#read(received),
      drain: (visit) => this.#drain(received, visit),
      destroy: () => {
        this.#failure ??= cancelledError();
        this.#close();
      },
    };
  }

  async *#read(received: Received): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of received.read()) {
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

  async #drain(received: Received, visit: PieceVisitor): Promise<void> {
    const { heartbeat, endpoint } = this.#options;
    try {
      await received.drain((piece) => {
        heartbeat.touch();
        return visit(piece);
      });
      // A body that ends with its connection seems complete where that was closed from here.
      if (this.#failure !== undefined) throw this.#failure;
    } catch (error) {
      throw this.#failure ?? connectionError(error, endpoint);
    } finally {
      this.#close();
    }
  }

  readonly #cancel = (): void => {
    this.#fail(cancelledError());
  };

  readonly #unreadable = (error: unknown): void => {
    const text = say`What was to be sent to the Docker Engine could not be read: ${String(error)}`;
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
