import { z } from 'zod';
import { wordsOf } from './refused.ts';

/** Where a tab keeps its session secret. */
export const storageKey = 'quayside.session';
const answer = z.object({ session: z.string().min(1) });

/** The browser parts that a session needs, so that tests can give their own. */
export interface SessionPlace {
  location: { hash: string; pathname: string; search: string };
  history: { replaceState(data: unknown, unused: string, url: string): void };
  storage: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
  };
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** No session can be had: the page has to be opened again from its link. */
export class SignedOut extends Error {}

/** The host lets nobody else in for now; the message is cause and remedy as it wrote them. */
export class NoRoom extends Error {}

/** Takes the one-time token out of the address, so that it is not kept in history, bookmarks or screenshots. */
export function takeToken({ location, history }: Pick<SessionPlace, 'location' | 'history'>): string | undefined {
  const match = /^#t=([^&]+)$/.exec(location.hash);
  if (match?.[1] === undefined) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return match[1];
}

export interface Session {
  /** The session secret; throws SignedOut where there is none, NoRoom while there can be none. */
  secret(): Promise<string>;
  /** Throws SignedOut, and drops the secret, where the host does not know it any more; anything else where it is silent. */
  check(signal: AbortSignal): Promise<void>;
}

/**
 * Exchanges the token once for a session secret. The secret is kept for this tab only, so that a reload works while
 * another tab or a later visit does not get in.
 */
export function createSession(place: SessionPlace): Session {
  let token = takeToken(place);

  async function post(body: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    const response = await place.fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      ...(signal === undefined ? {} : { signal }),
    });
    // What stands in between may answer so, too, and then not in these words.
    const words = response.status === 503 ? await wordsOf(response).catch(() => undefined) : undefined;
    if (words !== undefined) throw new NoRoom(words);
    if (response.status === 429 || response.status >= 500) throw new Error('The host cannot answer now.');
    return response;
  }

  /** A link that was opened before is refused; the session that this tab got from it may still be good. */
  async function spend(given: string): Promise<void> {
    const response = await post({ token: given });
    token = undefined;
    if (response.ok) place.storage.setItem(storageKey, answer.parse(await response.json()).session);
  }

  return {
    async secret() {
      if (token !== undefined) await spend(token);
      const kept = place.storage.getItem(storageKey);
      if (kept === null) throw new SignedOut();
      return kept;
    },
    async check(signal) {
      const kept = place.storage.getItem(storageKey);
      if (kept !== null && (await post({ session: kept }, signal)).status !== 401) return;
      place.storage.removeItem(storageKey);
      throw new SignedOut();
    },
  };
}
