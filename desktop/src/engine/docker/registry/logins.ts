import type { KeptLogins, RegistryAuth } from '../types.ts';
import { type Credentials, findCredentials, hostsWithLogin } from './auth.ts';

/** The logins that are saved on this machine, each looked up once: a helper may ask the person at the screen. */
export interface Logins {
  /** For a registry, by its host. Never throws; `problem` says why a login that may exist could not be read. */
  find(domain: string): Promise<Credentials>;
  /** All of them, by the key under which docker keeps them. */
  all(): Promise<Readonly<Record<string, RegistryAuth>>>;
}

export function createLogins(env: Readonly<Record<string, string | undefined>>, kept?: KeptLogins): Logins {
  const found = new Map<string, Promise<Credentials>>();
  const find = (domain: string): Promise<Credentials> => {
    const known = found.get(domain) ?? findCredentials(domain, { env, kept });
    found.set(domain, known);
    return known;
  };
  return {
    find,
    async all() {
      const hosts = await hostsWithLogin({ env, kept });
      const logins = await Promise.all([...hosts].map(async (host) => (await find(host)).auth));
      return Object.fromEntries(logins.flatMap((auth) => (auth === undefined ? [] : [[auth.serveraddress, auth]])));
    },
  };
}
