import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import type { RegistryAuth } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { FindLogin } from './registry.ts';

/** GET requests to one registry, logged in where it asks for it. */
export interface RegistrySession {
  /** `repository` for the scope of the login, `path` behind `/v2/`. The answer is a success; anything else throws REGISTRY_*. */
  get(repository: string, path: string, request: { readonly accept: string; readonly what: string }): Promise<Response>;
}

const deadlineMs = 15_000;
const attempts = 3;
const pauseMs = 300;

export function createSession(domain: string, login: FindLogin): RegistrySession {
  const base = baseOf(domain);
  const tokens = new Map<string, string>();
  return {
    async get(repository, path, { accept, what }) {
      const send = (authorization?: string): Promise<Response> =>
        insist(`${base}${path}`, { accept, ...(authorization === undefined ? {} : { authorization }) }, what);
      const first = await send(tokens.get(repository));
      if (first.status !== 401) return success(first, what, domain);
      await first.body?.cancel();
      const authorization = await authorize(first.headers.get('www-authenticate') ?? '', repository, domain, login);
      if (authorization === undefined) throw refusal(401, what, domain);
      tokens.set(repository, authorization);
      return success(await send(authorization), what, domain);
    },
  };
}

/** The engine speaks plain http to registries of its own machine too. */
function baseOf(domain: string): string {
  const host = domain.replace(/:\d+$/, '');
  const local = host === 'localhost' || host.startsWith('127.') || host === '[::1]';
  return `${local ? 'http' : 'https'}://${domain === 'docker.io' ? 'registry-1.docker.io' : domain}/v2/`;
}

/** Tries again what fails in passing: no answer, or an answer of 500 and more. */
async function insist(url: string, headers: Record<string, string>, what: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === attempts;
    try {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(deadlineMs) });
      if (response.status < 500 || last) return response;
      await response.body?.cancel();
    } catch (error) {
      if (last) {
        throw new QuaysideError('REGISTRY_UNREACHABLE', say`The registry does not answer (asked about ${what}).`, {
          remedy: say`Check the network and the address. What runs is not touched, and releases whose images are here can be rolled back to.`,
          cause: error,
        });
      }
    }
    await wait(pauseMs * attempt);
  }
}

function success(response: Response, what: string, domain: string): Response {
  if (response.ok) return response;
  void response.body?.cancel();
  throw refusal(response.status, what, domain);
}

function refusal(status: number, what: string, domain: string): QuaysideError {
  switch (status) {
    case 401:
      return new QuaysideError('REGISTRY_LOGIN', say`The registry ${domain} wants a login for ${what}.`, {
        remedy: say`Log in with docker login ${domain}.`,
      });
    case 403:
      return new QuaysideError('REGISTRY_DENIED', say`The login for ${domain} may not read ${what}.`, {
        remedy: say`Ask whoever runs the registry for the right to read it.`,
      });
    case 404:
      return new QuaysideError('IMAGE_NOT_FOUND', say`${what} is not in the registry.`, {
        remedy: say`Check the version; quayside releases --remote lists those that are there.`,
      });
    case 429:
      return new QuaysideError('REGISTRY_RATE_LIMIT', say`The registry ${domain} has had too many requests.`, {
        remedy: say`Wait some minutes, or log in: logged-in users may ask more.`,
      });
    default:
      return new QuaysideError(
        'REGISTRY_UNREACHABLE',
        say`The registry ${domain} answers ${status} (asked about ${what}).`,
        {
          remedy: say`Try again in a moment. What runs is not touched.`,
        },
      );
  }
}

const token = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** What to send as authorization, by what the registry asks for; undefined where there is nothing to send. */
async function authorize(
  challenge: string,
  repository: string,
  domain: string,
  login: FindLogin,
): Promise<string | undefined> {
  const { auth, problem } = await login(domain);
  if (/^basic\b/i.test(challenge)) return auth && basic(auth);
  const parameters = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const { realm, service = '', scope = `repository:${repository}:pull` } = parameters;
  if (!/^bearer\b/i.test(challenge) || realm === undefined) return undefined;
  const response = await askToken(realm, service, scope, auth);
  if (!response.ok) {
    throw new QuaysideError(
      'REGISTRY_LOGIN',
      say`The login for ${domain} was not accepted.${problem === undefined ? '' : ` ${problem}`}`,
      {
        remedy: say`Log in again with docker login ${domain}.`,
      },
    );
  }
  const answer = token.parse(await response.json());
  const value = answer.token ?? answer.access_token;
  return value === undefined ? undefined : `Bearer ${value}`;
}

function askToken(realm: string, service: string, scope: string, auth: RegistryAuth | undefined): Promise<Response> {
  const signal = AbortSignal.timeout(deadlineMs);
  if (auth?.identitytoken !== undefined) {
    const form = {
      grant_type: 'refresh_token',
      service,
      scope,
      refresh_token: auth.identitytoken,
      client_id: 'quayside',
    };
    return fetch(realm, { method: 'POST', body: new URLSearchParams(form), signal });
  }
  const url = new URL(realm);
  url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  const authorization = auth && basic(auth);
  return fetch(url, { signal, ...(authorization === undefined ? {} : { headers: { authorization } }) });
}

function basic({ username, password }: RegistryAuth): string | undefined {
  if (username === undefined || password === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
