import type { RegistryLoginRequest, RegistryLogins } from '#contract/index.ts';
import { refuse } from './refuse.ts';

/** Logins for registries, in a browser. Every password is accepted but `wrong`. */
export class FakeRegistry {
  readonly #signedIn = new Set(['registry.example:5000']);

  logins = (): RegistryLogins => ({
    logins: [
      { domain: 'docker.io', source: 'helper', helper: 'desktop' },
      { domain: 'ghcr.io', source: 'file' },
      ...[...this.#signedIn].map((domain) => ({ domain, source: 'quayside' as const })),
    ],
    keeping: {
      lasts: 'session',
      why: 'this desktop has no keychain that is known to keep secrets (GNOME Keyring or KWallet)',
    },
  });

  login({ domain, password }: RegistryLoginRequest): RegistryLogins {
    if (password === 'wrong')
      refuse({
        code: 'REGISTRY_LOGIN',
        message: `${domain} does not accept this user name with this password.`,
        remedy: 'Check both; many registries want an access token instead of the password. Nothing was kept.',
      });
    this.#signedIn.add(domain);
    return this.logins();
  }

  logout(domain: string): RegistryLogins {
    this.#signedIn.delete(domain);
    return this.logins();
  }
}
