import { randomUUID } from 'node:crypto';
import { Duplex } from 'node:stream';
import type { UpgradingTransport } from '../../transport.ts';
import type { SessionAnswers } from './answers.ts';
import { serve } from './services.ts';

const OPEN_DEADLINE_MS = 10_000;

/** A connection on which the builder asks back. */
export interface BuildSession {
  /** What the builder is told to find it by. */
  readonly id: string;
  close(): void;
}

/**
 * Opens a session beside a build: on this connection the engine is the client, and what it asks is answered until `close`.
 * Throws where the engine refuses sessions.
 */
export async function openBuildSession(
  transport: UpgradingTransport,
  answers: SessionAnswers,
  signal: AbortSignal,
): Promise<BuildSession> {
  // Loaded here because it takes a tenth of a second, and most commands never build.
  const { logVerbosity, Server, ServerCredentials, setLogVerbosity, status } = await import('@grpc/grpc-js');
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server();
  const paths = serve(server, answers, status);
  const id = randomUUID();
  const socket = await transport.upgrade({
    path: '/session',
    protocol: 'h2c',
    headers: {
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'quayside',
      'X-Docker-Expose-Session-Grpc-Method': paths,
    },
    deadlineMs: OPEN_DEADLINE_MS,
    signal,
  });
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  injector.injectConnection(withoutAlpn(socket));
  return {
    id,
    close() {
      injector.destroy();
      server.forceShutdown();
      socket.destroy();
    },
  };
}

/** Node's HTTP/2 server turns a TLS socket away that did not agree on HTTP/2 beforehand, which here comes afterwards. */
function withoutAlpn(socket: Duplex): Duplex {
  return 'alpnProtocol' in socket ? Duplex.from({ readable: socket, writable: socket }) : socket;
}
