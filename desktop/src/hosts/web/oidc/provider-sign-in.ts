import { z } from 'zod';
import type { HttpReply, HttpRequest } from '#api/serve/http.ts';
import { QuaysideError, toProblem } from '#contract/index.ts';
import type { AccessLog } from '../access-log.ts';
import { createAttempts } from '../attempts.ts';
import { enter } from '../enter.ts';
import { headerOf } from '../guard.ts';
import { json, tooMany } from '../replies.ts';
import type { Sessions } from '../sessions.ts';
import type { OidcConfig } from './config-file.ts';
import { JourneyBook } from './journey-book.ts';
import { personOf } from './person.ts';
import type { Provider } from './provider.ts';
import { goOn, notAwaited } from './return-page.ts';

/** The one path at which a browser may arrive from another site. */
const returnPath = '/sign-in/callback';
const perAddress = 30;
const windowMs = 10 * 60_000;

/** Signing in at a provider. `origin` is that of the panel under which it was addressed. */
export interface ProviderSignIn {
  readonly name: string;
  /** Whether this is the address of somebody who is awaited back from the provider. */
  awaits(target: string, origin: string): boolean;
  /** What whoever arrives is told where the guard did not let them in; undefined = another path. */
  turnedAway(request: HttpRequest): HttpReply | undefined;
  /** Undefined = another path. */
  answer(request: HttpRequest, origin: string): Promise<HttpReply> | undefined;
}

export interface ProviderSignInDeps {
  readonly config: OidcConfig;
  readonly provider: Provider;
  readonly sessions: Sessions;
  readonly log: AccessLog;
  /** Told what went wrong, for whoever looks after the panel. */
  readonly onTrouble: (sentence: string) => void;
  readonly book?: JourneyBook;
}

const nothing = z.strictObject({});
const keyOnly = z.strictObject({ key: z.string().max(100) });

/**
 * POST /sign-in/provider `{}` gives `{"url","key"}`: where the browser has to go, and what its tab keeps. GET /sign-in/callback is where it
 * comes back. POST /sign-in/finish `{"key"}` gives `{"session"}`; 409 while it has not come back, 404 for a key that is not
 * known, 403, 502 or 503 with `{"message","remedy"}` where nothing comes of it.
 */
export function createProviderSignIn(deps: ProviderSignInDeps): ProviderSignIn {
  const { book = new JourneyBook(), provider } = deps;
  const begun = createAttempts(perAddress, windowMs);

  const begin = async (request: HttpRequest, origin: string): Promise<HttpReply> => {
    if (parse(nothing, await request.body()) === undefined) return { status: 400 };
    const wait = begun.take(request.address);
    if (wait !== undefined) return tooMany(wait);
    return explained(deps, notWritten, async () => {
      const { key, proofs } = book.begin(origin);
      return json({ url: await provider.signInAddress(`${origin}${returnPath}`, proofs), key });
    });
  };

  const finish = async (request: HttpRequest, origin: string): Promise<HttpReply> => {
    const given = parse(keyOnly, await request.body());
    if (given === undefined) return { status: 400 };
    const taken = book.take(origin, given.key);
    if (taken === undefined) return { status: 404 };
    if (taken === 'away') return { status: 409 };
    const refused = (message: string): Promise<void> => deps.log.refused(undefined, request.address, message);
    return explained(deps, refused, async () => {
      const { user, subject } = personOf(await provider.claims(taken.returned, taken.proofs), deps.config);
      const agent = headerOf(request, 'user-agent') ?? '';
      return enter({ user, subject, origin: request.address, agent }, deps.sessions, deps.log);
    });
  };

  return {
    name: provider.name,
    awaits(target, origin) {
      const state = stateOf(target);
      return state !== undefined && book.awaits(origin, state);
    },
    turnedAway: ({ method, target }) => (method === 'GET' && pathOf(target) === returnPath ? notAwaited : undefined),
    answer(request, origin) {
      if (pathOf(request.target) === returnPath) return Promise.resolve(arrive(book, request, origin));
      if (request.target === '/sign-in/provider') return onlyPost(request, () => begin(request, origin));
      if (request.target === '/sign-in/finish') return onlyPost(request, () => finish(request, origin));
      return undefined;
    },
  };
}

function arrive(book: JourneyBook, { method, target }: HttpRequest, origin: string): HttpReply {
  if (method !== 'GET') return { status: 405, headers: { Allow: 'GET' } };
  const state = stateOf(target);
  return state !== undefined && book.arrive(origin, state, new URL(`${origin}${target}`)) ? goOn : notAwaited;
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}

/** Of an address at which a browser may come back; two states are none. */
function stateOf(target: string): string | undefined {
  if (!target.startsWith(`${returnPath}?`)) return undefined;
  const states = new URLSearchParams(target.slice(returnPath.length)).getAll('state');
  return states.length === 1 ? states[0] : undefined;
}

async function onlyPost({ method }: HttpRequest, answer: () => Promise<HttpReply>): Promise<HttpReply> {
  return method === 'POST' ? answer() : { status: 405, headers: { Allow: 'POST' } };
}

function parse<T>(schema: z.ZodType<T>, body: Uint8Array): T | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Whoever cannot even leave for the provider has not tried to come in. */
const notWritten = (): Promise<void> => Promise.resolve();

async function explained(
  { onTrouble }: ProviderSignInDeps,
  onRefusal: (message: string) => Promise<void>,
  work: () => Promise<HttpReply>,
): Promise<HttpReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    const { code, message, remedy } = toProblem(error);
    onTrouble(message);
    if (code === 'FORBIDDEN') await onRefusal(message);
    return json({ message, remedy }, code === 'FORBIDDEN' ? 403 : 502);
  }
}
