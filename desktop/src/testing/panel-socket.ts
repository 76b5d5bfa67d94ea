import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { CoreClient } from '#contract/index.ts';

/** Exchanges the token of a printed link for the secret of a session, as the page does. */
export async function signIn(link: string): Promise<string> {
  const { origin, hash } = new URL(link);
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: hash.slice('#t='.length) }),
  });
  return ((await response.json()) as { session: string }).session;
}

/** Opens the socket of a served panel; rejects where the host refuses it. */
export function openSocket(origin: string, secret: string): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['quayside', `session.${secret}`], { origin });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** The client of a socket that is open, as the page builds it. */
export function clientOver(socket: WebSocket): CoreClient {
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}
