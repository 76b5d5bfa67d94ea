import { type Caller, owner } from '#api/access.ts';
import { createRouter } from '#api/router.ts';
import { type HttpApp, type HttpReply, type HttpRequest, listenLoopback } from '#api/serve/http.ts';
import { createSocketServer } from '#api/serve/socket.ts';
import { QuaysideError } from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';
import { pageHeaders } from '#kit/page-policy.ts';
import { createFailureLimit } from './failure-limit.ts';
import { guardRequest } from './guard.ts';
import { acceptUpgrade } from './rpc-upgrade.ts';
import { answerSession } from './session-route.ts';
import { createSessions } from './sessions.ts';
import { serveStatic } from './static-files.ts';

const failuresPerMinute = 20;

export interface WebHostOptions {
  readonly engine: Engine;
  /** 0 = any free port. */
  readonly port: number;
  /** Folder of the built panel, with index.html in it. */
  readonly staticDir: string;
  /** Who opens the panel from one of its links, the owner where nothing is said. */
  readonly caller?: Caller;
}

export interface WebHost {
  readonly port: number;
  /** A new address of the panel, good for one visit within 60 seconds. Throws OPERATION_BUSY while 16 lie unused. */
  link(): string;
  /** Stops listening and ends all connections. The engine stays; stacks stay as they are. */
  close(): Promise<void>;
}

/** Serves the panel and the contract on 127.0.0.1 to whoever opened one of its links. Throws PORT_IN_USE. */
export async function createWebHost(options: WebHostOptions): Promise<WebHost> {
  const sessions = createSessions();
  const failures = createFailureLimit(failuresPerMinute, 60_000);
  const sockets = createSocketServer(createRouter(options.engine));
  const files = serveStatic(options.staticDir);

  const handle = async (request: HttpRequest): Promise<HttpReply> => {
    const refusal = guardRequest(request);
    if (refusal) return { status: refusal.status, headers: plainText, body: `${refusal.reason}\n` };
    if (request.target === '/session') return answerSession(request, sessions, failures);
    if (request.method === 'POST') return { status: 405, headers: { Allow: 'GET, HEAD' } };
    return files(request.target);
  };
  const app: HttpApp = {
    headers: pageHeaders,
    handle,
    upgrade: (request, upgrade) =>
      acceptUpgrade({ sessions, failures, sockets, caller: options.caller ?? owner }, request, upgrade),
  };

  const server = await listenLoopback(options.port, app);
  return {
    port: server.port,
    link() {
      const token = sessions.issueLink();
      if (token === undefined) {
        throw new QuaysideError('OPERATION_BUSY', 'Too many unopened links to the panel.', {
          remedy: 'Open one of them, or wait a minute.',
        });
      }
      return `http://127.0.0.1:${server.port}/#t=${token}`;
    },
    async close() {
      sockets.close();
      await server.close();
    },
  };
}

const plainText = { 'Content-Type': 'text/plain; charset=utf-8' };
