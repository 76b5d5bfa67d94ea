import { createRouter } from '#api/router.ts';
import { type HttpApp, type HttpReply, type HttpRequest, listenAt } from '#api/serve/http.ts';
import { createSocketServer } from '#api/serve/socket.ts';
import { QuaysideError, toProblem } from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';
import { pageHeaders } from '#kit/page-policy.ts';
import { type AccessLog, createAccessLog } from './access-log.ts';
import { type Accounts, openAccounts } from './accounts/accounts.ts';
import { clientAddress } from './client-address.ts';
import { createFailureLimit } from './failure-limit.ts';
import { type Awaits, guardRequest, originAddressed, type Refusal } from './guard.ts';
import type { ProviderSignIn } from './oidc/provider-sign-in.ts';
import { choosePlace, isShared, type Place, type PlaceOptions } from './place.ts';
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
 * users file or a provider, signed in. Throws PORT_IN_USE, USAGE where it may not be served like that, and FILE_REFUSED where the users
 * file or the OIDC file cannot be used.
 */
export async function createWebHost(options: WebHostOptions): Promise<WebHost> {
  const place = await choosePlace(options);
  const log = createAccessLog(options.engine.activity, (error) => {
    options.onTrouble?.(`The activity log cannot be written: ${String(error)}`);
  });
  const sessions = createSessions(
    undefined,
    (by, ended) => {
      log.ended(by, ended);
    },
    (ended, why) => {
      log.over(ended, why);
    },
  );
  const provider = await providerOf(options, { sessions, log });
  const entry: { accounts?: Accounts | undefined } = {};
  const sweep = (): void => {
    const sentOut = sessions.sweep(refusedBy(entry.accounts)).map(({ user }) => user.name);
    for (const name of new Set(sentOut)) log.changed(name);
  };
  const accounts = await accountsOf(options, sweep);
  entry.accounts = accounts;
  const app = createApp(options, place, { sessions, accounts, provider, log });
  const server = await listenAt(place.listen, app);
  const sweeping = setInterval(sweep, sweepMs).unref();
  const address = `${place.origins(server.port)[0] ?? ''}/`;
  return {
    port: server.port,
    link: () => (isShared(options) ? address : `${address}#t=${tokenOf(sessions)}`),
    async close() {
      clearInterval(sweeping);
      accounts?.close();
      await log.close();
      app.end();
      await server.close();
    },
  };
}

/** Whose account is another one now, or none. Of whoever signed in at a provider nothing is known until they do it again. */
function refusedBy(accounts: Accounts | undefined): (holder: Holder) => boolean {
  return ({ user, stamp, subject }) => {
    if (accounts === undefined || subject !== undefined) return false;
    return stamp === undefined || !accounts.holds(user.name, stamp);
  };
}

/** Its library is read only where it is used. */
async function providerOf(
  { oidc, onTrouble }: WebHostOptions,
  entrances: Pick<Entrances, 'sessions' | 'log'>,
): Promise<ProviderSignIn | undefined> {
  if (oidc === undefined) return undefined;
  const { openOidc } = await import('./oidc/open-oidc.ts');
  return openOidc(oidc, entrances, (sentence) => onTrouble?.(sentence));
}

async function accountsOf({ users, onTrouble }: WebHostOptions, onChange: () => void): Promise<Accounts | undefined> {
  if (users === undefined) return undefined;
  return openAccounts(users, onChange, (error) => {
    const { message, remedy } = toProblem(error);
    onTrouble?.(`${message} Nobody can sign in until that is mended. ${remedy ?? ''}`.trim());
  });
}

interface Entrances {
  readonly sessions: Sessions;
  readonly accounts: Accounts | undefined;
  readonly provider: ProviderSignIn | undefined;
  readonly log: AccessLog;
}

function createApp(
  { engine, staticDir }: WebHostOptions,
  place: Place,
  { sessions, accounts, provider, log }: Entrances,
): HttpApp & { end(): void } {
  const failures = createFailureLimit(failuresPerMinute, 60_000);
  const sockets = createSocketServer(createRouter(engine));
  const files = serveStatic(staticDir);
  const signIn = createSignIn({ accounts, sessions, log, provider: provider?.name });
  const awaits: Awaits = (target, origin) => provider?.awaits(target, origin) === true;

  const handle = async (asked: HttpRequest): Promise<HttpReply> => {
    const request = { ...asked, address: clientAddress(asked, place.proxyAddress) };
    const origins = place.origins(request.port);
    const refusal = guardRequest(request, origins, awaits);
    if (refusal?.status === 403) return provider?.turnedAway(request) ?? inWords(refusal);
    if (refusal) return inWords(refusal);
    if (request.target === '/session') return answerSession(request, sessions, failures);
    if (request.target === '/sign-in') return signIn.answer(request);
    const atProvider = provider?.answer(request, originAddressed(request, origins) ?? '');
    if (atProvider !== undefined) return atProvider;
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

function inWords({ status, reason }: Refusal): HttpReply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: `${reason}\n` };
}
