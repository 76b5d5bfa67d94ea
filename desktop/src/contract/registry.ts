import { z } from 'zod';

/**
 * Where a login comes from. `quayside`: signed in to here; `environment`: DOCKER_AUTH_CONFIG; `file`: Docker's configuration, in
 * plain text; `helper`: a credential helper that the configuration names.
 */
export const loginSource = z.enum(['quayside', 'environment', 'file', 'helper']);
export type LoginSource = z.infer<typeof loginSource>;

/** That there is a login for a registry, never the login itself. */
export const registryLogin = z.object({
  /** `host[:port]`; `docker.io` for Docker Hub. */
  domain: z.string(),
  source: loginSource,
  /** `desktop` for the program `docker-credential-desktop`. */
  helper: z.string().optional(),
});
export type RegistryLogin = z.infer<typeof registryLogin>;

/** How long a login lasts that is made here: `system` until somebody signs out, encrypted by the system's keychain; `session` until Quayside ends. */
export const loginKeeping = z.object({
  lasts: z.enum(['system', 'session']),
  /** Why it is not kept longer, as what follows a colon. */
  why: z.string().optional(),
});
export type LoginKeeping = z.infer<typeof loginKeeping>;

export const registryLogins = z.object({
  /** One for each registry: the one that is used. */
  logins: z.array(registryLogin),
  keeping: loginKeeping,
  /** Why there may be more than these, as what follows a colon. */
  problem: z.string().optional(),
});
export type RegistryLogins = z.infer<typeof registryLogins>;

/** A registry by its host. */
export const registryDomain = z
  .string()
  .max(255)
  .regex(/^(?:\[[\da-f:]+\]|[\da-z](?:[\da-z.-]*[\da-z])?)(?::\d{1,5})?$/i, {
    error: 'A registry is named by its host, such as ghcr.io or localhost:5000.',
  });

export const registryLoginRequest = z.object({
  domain: registryDomain,
  /** A colon would end it where it is sent. */
  username: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^:\p{Cc}]+$/u),
  /** A password or a token; some registries' tokens are long. */
  password: z.string().min(1).max(16_384),
});
export type RegistryLoginRequest = z.infer<typeof registryLoginRequest>;
