import type { IncomingMessage } from 'node:http';
import type { PieceVisitor } from '../transport.ts';
import { asError, closedEarly, type Received } from './received.ts';

/** An answer of Node's own HTTP client. */
export function receivedFrom(response: IncomingMessage): Received {
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[key] = typeof value === 'string' ? value : value.join(', ');
  }
  return {
    status: response.statusCode ?? 0,
    headers,
    read: () => response,
    drain: (visit) => drain(response, visit),
    destroy: () => {
      response.destroy();
    },
  };
}

function drain(response: IncomingMessage, visit: PieceVisitor): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  response.on('data', (piece: Buffer) => {
    try {
      const next = visit(piece);
      if (next === 'stop') resolve(undefined);
      if (!(next instanceof Promise)) return;
      response.pause();
      next.then(() => response.resume(), reject);
    } catch (error) {
      reject(asError(error));
    }
  });
  response.on('error', reject);
  response.on('end', () => {
    resolve(undefined);
  });
  response.on('close', () => {
    reject(closedEarly());
  });
  return promise;
}
