import type { CredentialsAnswer } from './messages.ts';

/** What a builder may ask for while it works. */
export interface SessionAnswers {
  /** The login for a registry, by the host that the builder talks to. */
  credentials(host: string): Promise<CredentialsAnswer>;
  /** Undefined for an id that nobody offered: the builder goes on without where the secret is optional. */
  secret(id: string): Promise<Uint8Array | undefined>;
}
