import { z } from 'zod';
import type { ProviderDoor } from './provider-door.ts';
import { saidBy } from './said.ts';
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
  /** Resolves with why not, for people; with nothing where the panel opens now. */
  signIn(name: string, password: string): Promise<string | undefined>;
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
        return 'Quayside does not answer. Try again when it runs.';
      }
    },
  };
}

async function refusalOf(response: Response): Promise<string> {
  const { status, headers } = response;
  if (status === 503) return saidBy(response);
  if (status === 401) return 'The user name or the password is not right.';
  if (status === 400) return 'Give a user name and a password.';
  if (status !== 429) return `Quayside cannot let you in now (${status}).`;
  const seconds = Number(headers.get('retry-after') ?? '60');
  return seconds < 120
    ? `Too many attempts. Try again in ${seconds} seconds.`
    : `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`;
}
