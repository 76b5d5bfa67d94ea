import { connect, isIP, type OnReadOpts, type Socket } from 'node:net';
import { stringify } from 'node:querystring';
import type { PieceVisitor } from '../transport.ts';
import type { Endpoint } from '../types.ts';
import { type BodyDecoder, decoderFor } from './body-decoder.ts';
import { Flow, Pacer } from './pacer.ts';
import { type Head, HeadReader } from './plain-head.ts';
import { asError, closedEarly, type Received } from './received.ts';
import { targetOf } from './target.ts';

interface PlainRequest {
  /** With version prefix, without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly signal: AbortSignal;
  /** The socket may rest between reads. */
  readonly mayRest: boolean;
}

export interface PlainDialer {
  dial(request: PlainRequest): Promise<Received>;
  /** Resolves when what has come for bodies that are drained has been shown: at other times it waits to be more. */
  catchUp(): Promise<void>;
}

const BUFFER_BYTES = 64 * 1024;

/**
 * Reads answers over bare sockets. Node's HTTP client calls back for each chunk, and an engine sends one for each log line;
 * here a read takes whatever the socket holds, into memory that is used again.
 */
export function createPlainDialer(endpoint: Endpoint): PlainDialer {
  const { basePath } = targetOf(endpoint);
  const pacer = new Pacer();
  return {
    dial({ path, query, signal, mayRest }) {
      const answer = new PlainAnswer(mayRest ? pacer : undefined);
      const socket = open(endpoint, answer.onread);
      // HTTP/1.0 would save the chunks, but then an engine that dies cannot be told from the end of a log.
      socket.write(`GET ${basePath}${path}${search(query)} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n`);
      return answer.begin(socket, signal);
    },
    catchUp: () => pacer.catchUp(),
  };
}

function search(query: PlainRequest['query']): string {
  const text = stringify(Object.fromEntries(Object.entries(query).map(([key, value]) => [key, [value].flat()])));
  return text === '' ? '' : `?${text}`;
}

function open(endpoint: Endpoint, onread: OnReadOpts): Socket {
  const { connect: where } = targetOf(endpoint);
  if ('path' in where) return connect({ ...where, onread });
  const host = where.host.replace(/^\[(.*)\]$/, '$1');
  const { tls } = endpoint;
  if (tls === undefined) return connect({ host, port: where.port, onread });
  const { verify, ...material } = tls;
  const servername = isIP(host) === 0 ? host : '';
  // Documented, and unknown to the types.
  const options = { ...material, host, port: where.port, servername, rejectUnauthorized: verify, onread };
  return process.getBuiltinModule('node:tls').connect(options);
}

/** One answer: first its head, then, once somebody wants it, its body. */
class PlainAnswer {
  readonly onread: OnReadOpts;
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  readonly #pacer: Pacer | undefined;
  readonly #flow = new Flow();
  readonly #head = new HeadReader();
  readonly #answered = Promise.withResolvers<Received>();
  readonly #ended = Promise.withResolvers<undefined>();
  #socket: Socket | undefined;
  #decoder: BodyDecoder | undefined;
  #visit: PieceVisitor | undefined;
  /** What was read of the body before anybody wanted it: from here to there in the buffer. */
  #kept = { start: 0, end: 0 };
  #begun = false;

  /** Without a pacer, the socket never rests. */
  constructor(pacer: Pacer | undefined) {
    this.#pacer = pacer;
    this.onread = { buffer: this.#buffer, callback: (bytes) => this.#take(bytes) };
    // Who never reads the body is not told how it ended.
    this.#ended.promise.catch(() => undefined);
  }

  begin(socket: Socket, signal: AbortSignal): Promise<Received> {
    this.#socket = socket;
    const destroy = (): void => {
      socket.destroy();
    };
    signal.addEventListener('abort', destroy, { once: true });
    if (signal.aborted) destroy();
    socket.on('error', (error) => {
      this.#fail(error);
    });
    socket.on('end', () => {
      if (this.#begun && this.#decoder === undefined) this.#ended.resolve(undefined);
    });
    socket.on('close', () => {
      signal.removeEventListener('abort', destroy);
      this.#pacer?.forget(this.#wake);
      this.#fail(closedEarly());
    });
    return this.#answered.promise;
  }

  /** Takes what was read into the buffer; false lets the socket rest. */
  #take(size: number): boolean {
    try {
      if (this.#begun) return this.#visit !== undefined && this.#pass(0, size);
      const found = this.#head.read(this.#buffer.subarray(0, size));
      if (found === undefined) return true;
      this.#kept = { start: found.bodyStart, end: size };
      this.#answer(found.head);
      return false;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #answer({ status, headers }: Head): void {
    this.#begun = true;
    this.#decoder = decoderFor(headers);
    this.#answered.resolve({
      status,
      headers,
      read: () => this.#read(),
      drain: (visit) => this.#drain(visit),
      destroy: () => {
        this.#socket?.destroy();
      },
    });
  }

  /** Shows the part of the body that lies between two places of the buffer; false where no more is to be read now. */
  #pass(start: number, end: number): boolean {
    const pieces = this.#decoder?.pieces ?? 0;
    const stop = this.#decoder === undefined ? end : this.#decoder.decode(this.#buffer, start, end);
    const next = stop === start ? undefined : this.#visit?.(this.#buffer.subarray(start, stop));
    if (next === 'stop' || this.#decoder?.ended === true) {
      this.#ended.resolve(undefined);
      return false;
    }
    if (!(next instanceof Promise)) return this.#goOn(end - start, (this.#decoder?.pieces ?? 0) - pieces);
    next.then(this.#wake, (error: unknown) => {
      this.#fail(error);
    });
    return false;
  }

  #goOn(size: number, pieces: number): boolean {
    const pacer = this.#pacer;
    const more = size === BUFFER_BYTES;
    if (pacer === undefined || !this.#flow.mayRest({ bytes: size, pieces, more }, performance.now())) return true;
    pacer.rest(this.#wake);
    return false;
  }

  readonly #wake = (): void => {
    this.#socket?.resume();
  };

  async #drain(visit: PieceVisitor): Promise<void> {
    this.#visit = visit;
    const { start, end } = this.#kept;
    try {
      if (this.#pass(start, end)) this.#wake();
    } catch (error) {
      this.#fail(error);
    }
    try {
      await this.#ended.promise;
    } finally {
      this.#socket?.destroy();
    }
  }

  /** For short bodies, such as those of errors: what comes faster than it is read piles up. */
  async *#read(): AsyncGenerator<Uint8Array> {
    const parts: Uint8Array[] = [];
    await this.#drain((piece) => {
      parts.push(Uint8Array.prototype.slice.call(piece));
      return undefined;
    });
    yield* parts;
  }

  #fail(error: unknown): void {
    this.#answered.reject(asError(error));
    this.#ended.reject(asError(error));
  }
}
