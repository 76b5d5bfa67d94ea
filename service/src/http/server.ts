import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const idleSweepMs = 25;

/**
 * A server with limits on how long a client may take to say what it wants. `keepAliveTimeout` is longer than that of the
 * proxies in front, so that none of them sends into a connection that is being closed.
 */
export function createLimitedServer(listener?: RequestListener): Server {
  const limits = { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 75_000 };
  const server = createServer({ ...limits, connectionsCheckingInterval: 2000 }, listener);
  server.maxRequestsPerSocket = 10_000;
  return server;
}

/** Binds the server (port 0: any free one) and returns the port; rejects when the address cannot be bound. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}

export interface DrainOptions {
  /** How long to go on taking requests, so that whoever balances the load can turn away. */
  readonly delayMs: number;
  /** How long running requests may take after that, before they are cut. */
  readonly graceMs: number;
}

/** Goes on for `delayMs`, stops accepting, and lets running requests finish for at most `graceMs`. */
export async function drain(server: Server, { delayMs, graceMs }: DrainOptions): Promise<void> {
  await delay(delayMs);
  const closed = once(server, 'close');
  server.close();
  // A keep-alive connection becomes idle only after its running response; close() itself looks just once.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, idleSweepMs);
  const deadline = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
