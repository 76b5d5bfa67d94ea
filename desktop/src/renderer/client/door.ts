import { z } from 'zod';
import type { ProviderDoor } from './provider-door.ts';
import { type Refused, toldBy, tooOften } from './refused.ts';
import { type SessionPlace, storageKey } from './session.ts';

/** The ways in: a printed link; or a password, a provider, or both, where `provider` is what people know it as. */
export interface Entrance {
  how: 'link' | 'password' | 'provider';
  provider?: string | undefined;
}

/** How a panel in a browser is entered: from a printed link, or by signing in. */
export interface Door {
  how(signal: AbortSignal): Promise<Entrance>;
  atProvider: ProviderDoor;
  /** Resolves with why not; with nothing where the panel opens now. */
  signIn(name: string, password: string): Promise<Refused | undefined>;
}

const ways = z.object({ how: z.enum(['link', 'password', 'provider']), provider: z.string().optional() });
const answer = z.object({ session: z.string().min(1) });

/** `reopen` loads the page anew, so that nothing of an earlier session is left in it. */
export function createDoor(
  place: Pick<SessionPlace, 'fetch' | 'storage'>,
  atProvider: ProviderDoor,
  reopen: () => void,
): Door {
  return {
    atProvider,
    async how(signal) {
      const response = await place.fetch('/sign-in', { cache: 'no-store', signal });
      return ways.parse(await response.json());
    },
    async signIn(name, password) {
      try {
        const response = await place.fetch('/sign-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, password }),
          cache: 'no-store',
        });
        if (!response.ok) return await refusalOf(response);
        place.storage.setItem(storageKey, answer.parse(await response.json()).session);
        reopen();
        return undefined;
      } catch {
        return { why: 'silent' };
      }
    },
  };
}

function refusalOf(response: Response): Refused | Promise<Refused> {
  switch (response.status) {
    case 401:
      return { why: 'wrong' };
    case 400:
      return { why: 'incomplete' };
    case 429:
      return tooOften(response);
    case 503:
      return toldBy(response);
    default:
      return { why: 'unable', status: response.status };
  }
}
