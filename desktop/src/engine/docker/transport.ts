import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { timeoutError } from './errors.ts';
import { parseJson } from './ndjson.ts';
import { startDeadline } from './transport/deadline.ts';

/** One request to the engine. `path` has no version prefix; undefined query values are left out. */
export interface RequestOptions {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  path: string;
  /** A list repeats the key. */
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  headers?: Readonly<Record<string, string>>;
  /** Bytes and readable streams are sent as they are (set Content-Type), anything else as JSON. Never put into the URL. */
  body?: unknown;
  /** Milliseconds until the headers of the answer; default 30,000, `Infinity` for none. A heartbeat watches in any case. */
  deadlineMs?: number;
  /** Aborts the request and, later, its body: both then throw OPERATION_CANCELLED. */
  signal?: AbortSignal;
  /** Answers besides 2xx that are no errors. */
  statuses?: readonly number[];
  /**
   * A GET without headers or body, on a connection of its own and without an HTTP client: for long bodies that are drained.
   * What comes `live` may be gathered for some milliseconds; what is there `already` is read as fast as it comes.
   */
  ownConnection?: 'live' | 'already';
}

/** An answer whose body has not been read yet: read it to the end or call `destroy`. */
export interface PlainAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Throws a QuaysideError where the connection breaks or the engine no longer answers pings. */
  body: AsyncIterable<Uint8Array>;
  destroy(): void;
}

/** An answer of which also a long body is read quickly. */
export interface TransportResponse extends PlainAnswer {
  /**
   * Shows the body piece by piece instead, as it comes: at less than half the cost of `body` where pieces are small and many.
   * A piece is valid until `visit` has answered: its memory is used again.
   * A promise from `visit` is waited for before more is read; `stop` ends it. Ends and throws as `body` does.
   */
  drain(visit: PieceVisitor): Promise<void>;
}

export type PieceVisitor = (piece: Uint8Array) => Promise<void> | 'stop' | undefined;

/** The way to one engine. Throws the mapped QuaysideError for every answer that is neither 2xx nor in `statuses`. */
export interface Transport {
  request(options: RequestOptions): Promise<TransportResponse>;
}

type AnsweringTransport = { request(options: RequestOptions): Promise<PlainAnswer> };

/** A request to go on in another protocol on the same connection. */
export interface UpgradeOptions {
  path: string;
  /** What to go on in, such as `h2c`. */
  protocol: string;
  /** A list repeats the header. */
  headers: Readonly<Record<string, string | readonly string[]>>;
  /** Milliseconds until the engine agrees. */
  deadlineMs: number;
  /** Ends the request; what it gave stays open until it is destroyed. */
  signal?: AbortSignal;
}

/** The way to one engine that can also hand over a bare connection. */
export interface UpgradingTransport extends Transport {
  /** The connection belongs to the caller, who destroys it; it also ends with the transport. Throws where the engine refuses. */
  upgrade(options: UpgradeOptions): Promise<Duplex>;
}

/** A request whose answer body falls under the same deadline. */
export type UnaryOptions = RequestOptions & { deadlineMs: number };

export interface UnaryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends a request and reads its whole answer within `deadlineMs`. */
export async function unary(transport: AnsweringTransport, options: UnaryOptions): Promise<UnaryAnswer> {
  const begun = performance.now();
  const response = await transport.request(options);
  const left = Math.max(1, options.deadlineMs - (performance.now() - begun));
  const late = Promise.withResolvers<never>();
  // A body that stops half-way may never end nor fail: only a timer of our own is sure to settle.
  const stopDeadline = startDeadline(left, () => {
    late.reject(timeoutError(options, options.deadlineMs));
  });
  try {
    const text = await Promise.race([readText(response.body), late.promise]);
    return { status: response.status, headers: response.headers, text };
  } finally {
    stopDeadline();
    response.destroy();
  }
}

/**
 * Sends a request, reads its whole answer within `deadlineMs` and checks its shape. Throws ENGINE_PROTOCOL where the answer
 * is not JSON or not of that shape.
 */
export async function json<T>(transport: Transport, schema: z.ZodType<T>, options: UnaryOptions): Promise<T> {
  const { text } = await unary(transport, options);
  return checked(schema, parseJson(text), `${options.method} ${options.path}`);
}

/** Checks a value of the engine against the shape that is relied on. Throws ENGINE_PROTOCOL naming the first difference. */
function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  throw new QuaysideError('ENGINE_PROTOCOL', say`The answer to ${what} has an unexpected shape${where}.`, {
    remedy: say`Check that the address really is a Docker Engine and that no proxy in between changes its answers.`,
    cause: result.error,
  });
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
