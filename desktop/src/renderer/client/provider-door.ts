import { z } from 'zod';
import { type Refused, toldBy, tooOften } from './refused.ts';
import { type SessionPlace, storageKey } from './session.ts';

/** Signing in at a provider, to which this page is left. Both resolve with why not. */
export interface ProviderDoor {
  /** Resolves with nothing where the page is being left. */
  leave(): Promise<Refused | undefined>;
  /** What came of it where this tab comes back from there; resolves with nothing where it does not, or where the panel opens now. */
  comeBack(): Promise<Refused | undefined>;
}

/** What this tab alone knows of the sign-in that it began. */
const keyPlace = 'quayside.sign-in';
const begun = z.object({ url: z.url({ protocol: /^https$/ }), key: z.string().min(1) });
const answer = z.object({ session: z.string().min(1) });
const silent: Refused = { why: 'silent' };

/** `go` leaves the page for an address, `reopen` loads it anew. */
export function createProviderDoor(
  { fetch, storage }: Pick<SessionPlace, 'fetch' | 'storage'>,
  go: (url: string) => void,
  reopen: () => void,
): ProviderDoor {
  const post = (path: string, body: object) =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
    });
  let coming: Promise<Refused | undefined> | undefined;

  async function finish(): Promise<Refused | undefined> {
    const key = storage.getItem(keyPlace);
    if (key === null) return undefined;
    try {
      const response = await post('/sign-in/finish', { key });
      // Whoever only looks in while the provider's page waits may still go on there.
      if (response.status === 409) return undefined;
      storage.removeItem(keyPlace);
      if (response.status === 404) return { why: 'over' };
      if (!response.ok) return await reasonOf(response);
      storage.setItem(storageKey, answer.parse(await response.json()).session);
      reopen();
      return undefined;
    } catch {
      return silent;
    }
  }

  return {
    async leave() {
      try {
        const response = await post('/sign-in/provider', {});
        if (!response.ok) return await reasonOf(response);
        const { url, key } = begun.parse(await response.json());
        storage.setItem(keyPlace, key);
        go(url);
        return undefined;
      } catch {
        return silent;
      }
    },
    comeBack: () => (coming ??= finish()),
  };
}

function reasonOf(response: Response): Refused | Promise<Refused> {
  return response.status === 429 ? tooOften(response) : toldBy(response);
}
