import { say } from '#kit/say.ts';
import type { KeptLogin, LoginKeeper } from './docker/index.ts';

/** Keeps logins in memory and nowhere else: for hosts that have no keychain to put them into. */
export function createSessionLogins(): LoginKeeper {
  const kept = new Map<string, KeptLogin>();
  return {
    keeping: () =>
      Promise.resolve({
        lasts: 'session',
        why: say`only the desktop app can use the system's keychain, and Quayside writes no password in plain text`,
      }),
    domains: () => Promise.resolve([...kept.keys()]),
    find: (domain) => Promise.resolve(kept.get(domain)),
    keep(domain, login) {
      kept.set(domain, login);
      return Promise.resolve();
    },
    forget: (domain) => Promise.resolve(kept.delete(domain)),
  };
}
