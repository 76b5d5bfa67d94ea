import { setTimeout as delay } from 'node:timers/promises';

/** Asks until there is an answer, and gives it; throws when there was none in time. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, limitMs = 300_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(200);
  }
  throw new Error(`${what}: not within ${limitMs} ms`);
}

/** The answer of an address that may not be there yet, else undefined. */
export const tryFetch = (url: string, init?: RequestInit) => fetch(url, init).catch(() => undefined);

/** Waits until an address answers 200. */
export const answering = (url: string) =>
  until(`${url} answering`, async () => {
    const response = await tryFetch(url);
    await response?.body?.cancel();
    return response?.status === 200 ? true : undefined;
  });
