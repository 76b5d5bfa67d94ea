import { createRouter } from '#api/router.ts';
import { type HttpApp, type HttpReply, type HttpRequest, listenAt } from '#api/serve/http.ts';
import { createSocketServer } from '#api/serve/socket.ts';
import { QuaysideError, toProblem } from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';
import { pageHeaders } from '#kit/page-policy.ts';
import { type Accounts, openAccounts } from './accounts/accounts.ts';
import { clientAddress } from './client-address.ts';
import { createFailureLimit } from './failure-limit.ts';
import { guardRequest } from './guard.ts';
import { choosePlace, type Place, type PlaceOptions } from './place.ts';
import { acceptUpgrade } from './rpc-upgrade.ts';
import type { Holder } from './session-book.ts';
import { answerSession } from './session-route.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignIn } from './sign-in-route.ts';
import { serveStatic } from './static-files.ts';

const failuresPerMinute = 20;
const sweepMs = 5_000;

export interface WebHostOptions extends PlaceOptions {
  readonly engine: Engine;
  /** Folder of the built panel, with index.html in it. */
  readonly staticDir: string;
  /** Told what goes wrong while it serves, in words. */
  readonly onTrouble?: (sentence: string) => void;
}

export interface WebHost {
  readonly port: number;
  /**
   * An address of the panel. Where people sign in it is always the same; else it is a new one, good for one visit within 60 seconds,
   * and OPERATION_BUSY is thrown while 16 lie unused.
   */
  link(): string;
  /** Stops listening and ends all connections. The engine stays; stacks stay as they are. */
  close(): Promise<void>;
}

/**
 * Serves the panel and the contract, on 127.0.0.1 where nothing else is said, to whoever opened one of its links or, where there is a
 * users file, signed in. Throws PORT_IN_USE, USAGE where it may not be served like that, and FILE_REFUSED where the users file cannot
 * be used.
 */
export async function createWebHost(options: WebHostOptions): Promise<WebHost> {
  const place = await choosePlace(options);
  const sessions = createSessions();
  const entry: { accounts?: Accounts | undefined } = {};
  const sweep = (): void => {
    sessions.sweep(refusedBy(entry.accounts));
  };
  const accounts = await accountsOf(options, sweep);
  entry.accounts = accounts;
  const app = createApp(options, place, sessions, accounts);
  const server = await listenAt(place.listen, app);
  const sweeping = setInterval(sweep, sweepMs).unref();
  const address = `${place.origins(server.port)[0] ?? ''}/`;
  return {
    port: server.port,
    link: () => (accounts === undefined ? `${address}#t=${tokenOf(sessions)}` : address),
    async close() {
      clearInterval(sweeping);
      accounts?.close();
      app.end();
      await server.close();
    },
  };
}

/** Whose account is another one now, or none. */
function refusedBy(accounts: Accounts | undefined): (holder: Holder) => boolean {
  return ({ user, stamp }) => accounts !== undefined && (stamp === undefined || !accounts.holds(user.name, stamp));
}

async function accountsOf({ users, onTrouble }: WebHostOptions, onChange: () => void): Promise<Accounts | undefined> {
  if (users === undefined) return undefined;
  return openAccounts(users, onChange, (error) => {
    const { message, remedy } = toProblem(error);
    onTrouble?.(`${message} Nobody can sign in until that is mended. ${remedy ?? ''}`.trim());
  });
}

function createApp(
  { engine, staticDir }: WebHostOptions,
  place: Place,
  sessions: Sessions,
  accounts: Accounts | undefined,
): HttpApp & { end(): void } {
  const failures = createFailureLimit(failuresPerMinute, 60_000);
  const sockets = createSocketServer(createRouter(engine));
  const files = serveStatic(staticDir);
  const signIn = createSignIn({ accounts, sessions });

  const handle = async (asked: HttpRequest): Promise<HttpReply> => {
    const request = { ...asked, address: clientAddress(asked, place.proxyAddress) };
    const refusal = guardRequest(request, place.origins(request.port));
    if (refusal) return { status: refusal.status, headers: plainText, body: `${refusal.reason}\n` };
    if (request.target === '/session') return answerSession(request, sessions, failures);
    if (request.target === '/sign-in') return signIn.answer(request);
    if (request.method === 'POST') return { status: 405, headers: { Allow: 'GET, HEAD' } };
    return files(request.target);
  };
  return {
    headers: pageHeaders,
    handle,
    upgrade: (request, upgrade) =>
      acceptUpgrade({ sessions, failures, sockets, origins: place.origins(request.port) }, request, upgrade),
    end() {
      sockets.close();
    },
  };
}

function tokenOf(sessions: Sessions): string {
  const token = sessions.issueLink();
  if (token !== undefined) return token;
  throw new QuaysideError('OPERATION_BUSY', 'Too many unopened links to the panel.', {
    remedy: 'Open one of them, or wait a minute.',
  });
}

const plainText = { 'Content-Type': 'text/plain; charset=utf-8' };
