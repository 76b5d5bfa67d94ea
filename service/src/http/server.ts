import { once } from 'node:events';
import type { Server } from 'node:http';

const idleSweepMs = 25;

/** Binds the server (port 0: any free one) and returns the port; rejects when the address cannot be bound. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}

/** Stops accepting, lets running requests finish for at most `graceMs`, then cuts them. */
export async function drain(server: Server, graceMs: number): Promise<void> {
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
