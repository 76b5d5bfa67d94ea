import type { PieceVisitor } from '../transport.ts';

/** An answer as it came over a connection, its body unread. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  read(): AsyncIterable<Uint8Array>;
  /** Shows the body piece by piece; a piece is valid until `visit` has answered. Throws where the connection breaks before the end. */
  drain(visit: PieceVisitor): Promise<void>;
  destroy(): void;
}

/** What a connection that ends too early is told as. */
export function closedEarly(): Error {
  return Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' });
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
