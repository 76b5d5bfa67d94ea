import { type Product, parseProblem, parseProduct } from './protocol.ts';
import { kindOf, ShopError } from './shop-error.ts';

const timeoutMs = 20_000;
const probeTimeoutMs = 4000;

/** Milliseconds of a `retry-after` header in seconds. */
function retryAfter(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Sends a request; rejects with ShopError unless it is answered with success, or with the reason of its signal. */
export async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw new ShopError('unreachable', { cause });
  }
  if (response.ok) return response;
  const problem = parseProblem(await response.json().catch(() => undefined));
  throw new ShopError(kindOf(response.status, problem?.code), {
    correlationId: response.headers.get('x-correlation-id') ?? undefined,
    retryAfterMs: retryAfter(response.headers),
  });
}

/** The init of a request with a JSON body. */
export function post(body: unknown, signal: AbortSignal, headers: Readonly<Record<string, string>> = {}): RequestInit {
  const all = { 'content-type': 'application/json', ...headers };
  return { method: 'POST', headers: all, body: JSON.stringify(body), signal };
}

/** Tells the shop whether an answer helped. Rejects with ShopError. */
export async function rate(sessionId: string, helpful: boolean): Promise<void> {
  await request('/api/feedback', post({ sessionId, helpful }, AbortSignal.timeout(timeoutMs)));
}

/** A product as it is now. Rejects with ShopError (`missing` when it is gone), or with the reason of its signal. */
export async function getProduct(id: string, signal: AbortSignal): Promise<Product> {
  const response = await request(`/api/products/${encodeURIComponent(id)}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  return parseProduct(await response.json());
}

/** Whether the shop can answer questions. Never rejects. */
export async function probe(): Promise<boolean> {
  const init: RequestInit = { cache: 'no-store', signal: AbortSignal.timeout(probeTimeoutMs) };
  try {
    return (await fetch('/health/ready', init)).ok;
  } catch {
    return false;
  }
}
