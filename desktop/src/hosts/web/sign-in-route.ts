import { z } from 'zod';
import type { HttpReply, HttpRequest } from '#api/serve/http.ts';
import type { AccessLog } from './access-log.ts';
import type { Accounts } from './accounts/accounts.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { enter } from './enter.ts';
import { headerOf } from './guard.ts';
import { json, tooMany } from './replies.ts';
import type { Sessions } from './sessions.ts';

const windowMs = 15 * 60_000;
const perAccount = 10;
const perAddress = 50;

const credentials = z.strictObject({ name: z.string().max(64), password: z.string().max(1024) });

/** Where people of a shared panel sign in; on a panel that is not shared nobody can. */
export interface SignIn {
  answer(request: HttpRequest): Promise<HttpReply>;
}

interface SignInDeps {
  readonly accounts: Accounts | undefined;
  readonly sessions: Sessions;
  readonly log: AccessLog;
  /** What people know the provider as at which they may sign in too, or only. */
  readonly provider?: string | undefined;
}

/**
 * GET /sign-in says how the panel is entered: `{"how":"link"}`, `{"how":"password"}` or `{"how":"provider"}`, with `provider` where there is
 * one, also beside passwords. POST `{"name","password"}` gives `{"session"}`; 401 for a wrong pair, 429 with Retry-After beyond 10
 * attempts on an account or 50 from an address in 15 minutes, 503 with `{"message","remedy"}` while all sessions are taken.
 */
export function createSignIn({ accounts, sessions, log, provider }: SignInDeps): SignIn {
  const byAccount = createAttempts(perAccount, windowMs);
  const byAddress = createAttempts(perAddress, windowMs);

  const answerPair = async (accountsHere: Accounts, request: HttpRequest): Promise<HttpReply> => {
    const given = parse(await request.body());
    if (!given) return { status: 400 };
    const name = given.name.toLowerCase();
    const wait = firstWait([byAddress, request.address], [byAccount, name]);
    if (wait !== undefined) return tooMany(wait);
    const found = await accountsHere.check(name, given.password);
    if (found === 'busy') return tooMany(2);
    if (found === undefined) {
      await log.refused(accountsHere.knows(name) ? name : undefined, request.address);
      return { status: 401 };
    }
    byAccount.forgive(name);
    byAddress.forgive(request.address);
    const { user, stamp } = found;
    const agent = headerOf(request, 'user-agent') ?? '';
    return enter({ user, stamp, origin: request.address, agent }, sessions, log);
  };

  return {
    async answer(request) {
      if (request.method === 'GET') return json({ how: wayIn(accounts, provider), provider });
      if (request.method !== 'POST') return { status: 405, headers: { Allow: 'GET, POST' } };
      return accounts === undefined ? { status: 404 } : answerPair(accounts, request);
    },
  };
}

function wayIn(accounts: Accounts | undefined, provider: string | undefined): 'link' | 'password' | 'provider' {
  if (accounts !== undefined) return 'password';
  return provider === undefined ? 'link' : 'provider';
}

function firstWait(...limits: readonly (readonly [Attempts, string])[]): number | undefined {
  for (const [attempts, key] of limits) {
    const wait = attempts.take(key);
    if (wait !== undefined) return wait;
  }
  return undefined;
}

function parse(body: Uint8Array): z.infer<typeof credentials> | undefined {
  try {
    return credentials.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
