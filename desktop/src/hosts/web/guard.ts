import type { HttpRequest } from '#api/serve/http.ts';
import { loopbackOrigins } from './place.ts';

/** Why a request is turned away: the status, and words for whoever debugs a proxy or a script. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 415 | 417 | 421;
  readonly reason: string;
}

/** What the guard looks at; it never reads a body. */
export type GuardedRequest = Pick<HttpRequest, 'method' | 'target' | 'headers' | 'port'>;

/** Headers by which a request is judged; two of one kind could be read differently by two readers. */
const singular = new Set([
  'host',
  'origin',
  'content-type',
  'content-length',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'sec-websocket-protocol',
  'sec-websocket-key',
  'upgrade',
  'authorization',
]);

const safeMethods = new Set(['GET', 'HEAD']);

/** The origin whose host is addressed, byte for byte: no other spelling of it, no suffix, no dot. */
export function originAddressed(request: GuardedRequest, origins: readonly string[]): string | undefined {
  const host = headerOf(request, 'host');
  return origins.find((origin) => origin.slice(origin.indexOf('//') + 2) === host);
}

/** Whether a target, at one of the panel's origins, is where somebody is awaited back from another site. */
export type Awaits = (target: string, origin: string) => boolean;

/**
 * Judges an ordinary request by the origins under which the panel may be known; undefined = let it through to its route. A browser may
 * come from another site only to where it is awaited, as a page of its own and by GET.
 */
export function guardRequest(
  request: GuardedRequest,
  origins: readonly string[] = loopbackOrigins(request.port),
  awaits: Awaits = () => false,
): Refusal | undefined {
  const unsafe = !safeMethods.has(request.method);
  return (
    checkAddress(request, origins) ??
    checkMethod(request) ??
    checkSource(request, origins, {
      originRequired: unsafe,
      directVisit: !unsafe,
      fromElsewhere: () => arrives(request, origins, awaits),
    }) ??
    (unsafe ? checkContentType(request) : undefined)
  );
}

/** Judges an upgrade, which bypasses every other route and carries no preflight: Origin is always required. */
export function guardUpgrade(
  request: GuardedRequest,
  origins: readonly string[] = loopbackOrigins(request.port),
): Refusal | undefined {
  const refusal = checkAddress(request, origins);
  if (refusal) return refusal;
  if (request.method !== 'GET') return { status: 405, reason: 'upgrades are GET' };
  if (headerOf(request, 'upgrade')?.toLowerCase() !== 'websocket') return { status: 400, reason: 'not a WebSocket' };
  return checkSource(request, origins, { originRequired: true, directVisit: false, fromElsewhere: () => false });
}

/** The value of a header that occurs exactly once. */
export function headerOf(request: GuardedRequest, name: string): string | undefined {
  const found = request.headers.filter(([key]) => key === name);
  return found.length === 1 ? found[0]?.[1] : undefined;
}

function checkAddress(request: GuardedRequest, origins: readonly string[]): Refusal | undefined {
  if (originAddressed(request, origins) === undefined) {
    return { status: 421, reason: 'this address is not served here' };
  }
  const seen = new Set<string>();
  for (const [name] of request.headers) {
    if (singular.has(name) && seen.has(name)) return { status: 400, reason: `more than one ${name}` };
    seen.add(name);
  }
  if (!request.target.startsWith('/')) return { status: 400, reason: 'only paths are served' };
  if (seen.has('expect')) return { status: 417, reason: 'no expectations are met' };
  return undefined;
}

function checkMethod({ method }: GuardedRequest): Refusal | undefined {
  return safeMethods.has(method) || method === 'POST' ? undefined : { status: 405, reason: 'GET, HEAD and POST only' };
}

/**
 * Other programs on this machine serve pages too, on other ports: to a browser they are `same-site`, so only
 * `same-origin` passes, and `none` (typed or opened from outside the browser) where nothing can be changed.
 */
function checkSource(
  request: GuardedRequest,
  origins: readonly string[],
  rule: { originRequired: boolean; directVisit: boolean; fromElsewhere: () => boolean },
): Refusal | undefined {
  const origin = headerOf(request, 'origin');
  if (origin === undefined && rule.originRequired) return { status: 403, reason: 'no Origin' };
  if (origin !== undefined && origin !== originAddressed(request, origins)) {
    return { status: 403, reason: 'foreign Origin' };
  }
  const site = headerOf(request, 'sec-fetch-site');
  const fine = site === undefined || site === 'same-origin' || (site === 'none' && rule.directVisit);
  return fine || rule.fromElsewhere() ? undefined : { status: 403, reason: 'request from another site' };
}

/** Browsers that say one of these say all; a frame, a script or an image is not somebody who comes back. */
function arrives(request: GuardedRequest, origins: readonly string[], awaits: Awaits): boolean {
  const site = headerOf(request, 'sec-fetch-site');
  const origin = originAddressed(request, origins);
  return (
    request.method === 'GET' &&
    (site === 'cross-site' || site === 'same-site') &&
    headerOf(request, 'sec-fetch-mode') === 'navigate' &&
    headerOf(request, 'sec-fetch-dest') === 'document' &&
    headerOf(request, 'origin') === undefined &&
    origin !== undefined &&
    awaits(request.target, origin)
  );
}

function checkContentType(request: GuardedRequest): Refusal | undefined {
  const type = headerOf(request, 'content-type')?.toLowerCase().replaceAll(' ', '');
  const json = type === 'application/json' || type === 'application/json;charset=utf-8';
  return json ? undefined : { status: 415, reason: 'application/json only' };
}
