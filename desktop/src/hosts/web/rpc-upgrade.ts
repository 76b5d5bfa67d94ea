import type { HttpReply, HttpRequest, HttpUpgrade } from '#api/serve/http.ts';
import { type AcceptedSocket, type SocketServer, socketProtocol } from '#api/serve/socket.ts';
import type { FailureLimit } from './failure-limit.ts';
import { guardUpgrade, headerOf } from './guard.ts';
import type { Sessions } from './sessions.ts';

const sessionPrefix = 'session.';

/** Everything an upgrade is checked against, and where it goes. */
export interface UpgradeGate {
  readonly sessions: Sessions;
  readonly failures: FailureLimit;
  readonly sockets: SocketServer;
  /** Under which the panel may be known. */
  readonly origins: readonly string[];
}

/** GET /rpc with the subprotocols `quayside` and `session.<secret>`: browsers cannot send any other header there. */
export function acceptUpgrade(gate: UpgradeGate, request: HttpRequest, upgrade: HttpUpgrade): HttpReply | 'accepted' {
  const refusal = guardUpgrade(request, gate.origins);
  if (refusal) return { status: refusal.status };
  if (request.target !== '/rpc') return { status: 404 };
  const offered = (headerOf(request, 'sec-websocket-protocol') ?? '').split(',').map((name) => name.trim());
  const secrets = offered.filter((name) => name.startsWith(sessionPrefix));
  const secret = secrets.length === 1 && offered.includes(socketProtocol) ? secrets[0] : undefined;
  const held: { socket?: AcceptedSocket } = {};
  const end = (): void => held.socket?.end();
  const lease = secret === undefined ? 'unknown' : gate.sessions.lease(secret.slice(sessionPrefix.length), end);
  if (lease === 'unknown') return { status: gate.failures.failed() ? 429 : 401 };
  if (lease === 'full') return { status: 429, headers: { 'Retry-After': '5' } };
  held.socket = gate.sockets.accept(upgrade, lease.caller, () => {
    lease.release();
  });
  return 'accepted';
}
