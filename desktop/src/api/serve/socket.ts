import { type WebSocket, WebSocketServer } from 'ws';
import type { Caller } from '../access.ts';
import type { HttpUpgrade } from './http.ts';
import { servePeer } from './peer.ts';
import type { ServedRouter, Wire } from './types.ts';

/** Name of the subprotocol that the panel and the web host speak. */
export const socketProtocol = 'quayside';

const maxInboundBytes = 64 * 1024;
const heartbeatMs = 30_000;
const goingAway = 1001;
const badFrame = 1007;
const sessionEnded = 4401;
const farewellMs = 500;

/** A connection that was let in. */
export interface AcceptedSocket {
  /** Ends it at once because its session is over: nothing more is read from it, and its streams end. */
  end(): void;
}

/** Turns upgrades that the guard let through into served connections. */
export interface SocketServer {
  /** `onClose` runs once, when the connection is over or never came to be. */
  accept(upgrade: HttpUpgrade, caller: Caller, onClose: () => void): AcceptedSocket;
  /** Ends every connection with 1001, so that panels know it was on purpose. */
  close(): void;
}

/** Serves the router over WebSockets: inbound frames up to 64 KiB, no compression, a ping every 30 s. */
export function createSocketServer(router: ServedRouter): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxInboundBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(socketProtocol) ? socketProtocol : false),
  });
  return {
    accept({ request, socket, head }, caller, onClose) {
      socket.once('close', onClose);
      let end = (): void => void socket.destroy();
      server.handleUpgrade(request, socket, head, (accepted) => {
        end = serveSocket(router, accepted, caller);
      });
      return {
        end: () => {
          end();
        },
      };
    },
    close() {
      for (const client of server.clients) {
        client.close(goingAway, 'Quayside stopped');
        terminateSoon(client);
      }
      server.close();
    },
  };
}

/** Serves the router over one accepted socket until either side closes it; gives what ends it before. */
function serveSocket(router: ServedRouter, socket: WebSocket, caller: Caller): () => void {
  // Oversized and malformed WebSocket frames end the connection inside ws; without a listener they would end the process.
  socket.on('error', () => {
    socket.terminate();
  });
  keepAlive(socket);
  const wire = socketWire(socket);
  servePeer(router, wire, caller);
  return () => {
    wire.end();
  };
}

function terminateSoon(socket: WebSocket): void {
  setTimeout(() => {
    socket.terminate();
  }, farewellMs).unref();
}

function socketWire(socket: WebSocket): Wire & { end(): void } {
  // A socket that is being closed still hands on what its peer sends.
  let over = false;
  const closed: (() => void)[] = [];
  const onOver = (): void => {
    over = true;
    for (const listener of closed.splice(0)) listener();
  };
  socket.on('close', onOver);
  return {
    send(data) {
      return new Promise((resolve, reject) => {
        socket.send(data, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    },
    onMessage(listener) {
      socket.on('message', (data, isBinary) => {
        if (over) return;
        const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
        listener(isBinary ? bytes : bytes.toString('utf8'));
      });
    },
    onClose(listener) {
      closed.push(listener);
    },
    refuse() {
      socket.close(badFrame, 'not a message');
    },
    end() {
      onOver();
      socket.close(sessionEnded, 'the session ended');
      terminateSoon(socket);
    },
  };
}

/** A peer that vanished without a word (sleep, crash) would otherwise hold its streams open for ever. */
function keepAlive(socket: WebSocket): void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, heartbeatMs);
  timer.unref();
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('close', () => {
    clearInterval(timer);
  });
}
