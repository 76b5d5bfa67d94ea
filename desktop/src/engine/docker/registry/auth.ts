import type { KeptLogins, RegistryAuth } from '../types.ts';
import { askHelper, HELPER_DEADLINE_MS, HelperError, keysOfHelper } from './credential-helper.ts';
import { loginsFromEnvironment, readDockerConfig, type StoredLogin } from './docker-config.ts';
import { hostOfKey, registryKey, registryName } from './registry-key.ts';

/** A saved login, if any; `problem` says why one that may exist could not be read. Secrets: never log this. */
export interface Credentials {
  readonly auth?: RegistryAuth;
  readonly problem?: string;
}

interface CredentialOptions {
  /** Logins that were made with Quayside. */
  readonly kept?: KeptLogins | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly deadlineMs?: number;
}

/**
 * The login for a registry: one that was made with Quayside, else Docker's own. Never throws: most images can be had without
 * a login.
 */
export async function findCredentials(domain: string, options: CredentialOptions = {}): Promise<Credentials> {
  const kept = await keptCredentials(domain, options.kept);
  if (kept.auth !== undefined) return kept;
  const ofDocker = await dockerCredentials(domain, options);
  return ofDocker.auth === undefined && kept.problem !== undefined ? kept : ofDocker;
}

async function keptCredentials(domain: string, kept: KeptLogins | undefined): Promise<Credentials> {
  try {
    const login = await kept?.find(registryName(domain));
    return login === undefined ? {} : { auth: { ...login, serveraddress: registryKey(domain) } };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The login for a registry, from where the docker CLI would take it: DOCKER_AUTH_CONFIG, the helper for this registry, the
 * general helper, the configuration file.
 */
async function dockerCredentials(domain: string, options: CredentialOptions): Promise<Credentials> {
  const env = options.env ?? process.env;
  const key = registryKey(domain);
  const given = matching(loginsFromEnvironment(env), key);
  const fromEnvironment = given === undefined ? undefined : authOf(given, key);
  if (fromEnvironment !== undefined) return { auth: fromEnvironment };

  const { config, problem } = await readDockerConfig(env);
  if (problem !== undefined) return { problem };
  const helper = matching(config.credHelpers, key) ?? config.credsStore;
  if (helper) return viaHelper(helper, key, env, options.deadlineMs ?? HELPER_DEADLINE_MS);
  const stored = matching(config.auths, key);
  const auth = stored === undefined ? undefined : authOf(stored, key);
  return auth === undefined ? {} : { auth };
}

/** The hosts of all registries for which there may be a saved login. A helper that does not answer knows none. */
export async function hostsWithLogin(options: CredentialOptions = {}): Promise<Set<string>> {
  const env = options.env ?? process.env;
  const { config } = await readDockerConfig(env);
  const { auths, credHelpers, credsStore } = config;
  const request = { helper: credsStore ?? '', env, deadlineMs: options.deadlineMs ?? HELPER_DEADLINE_MS };
  const stored = credsStore ? await keysOfHelper(request).catch(() => []) : [];
  const own = (await options.kept?.domains().catch(() => [])) ?? [];
  const keys = [loginsFromEnvironment(env), auths, credHelpers].flatMap((entries) => Object.keys(entries));
  return new Set([...own, ...keys, ...stored].map(hostOfKey));
}

async function viaHelper(
  helper: string,
  key: string,
  env: Readonly<Record<string, string | undefined>>,
  deadlineMs: number,
): Promise<Credentials> {
  try {
    const auth = await askHelper({ helper, env, deadlineMs }, key);
    return auth === undefined ? {} : { auth };
  } catch (error) {
    if (error instanceof HelperError) return { problem: error.message };
    throw error;
  }
}

/** The entry under this key, or under one that names the same host with a scheme or a path. */
function matching<T>(entries: Readonly<Record<string, T>>, key: string): T | undefined {
  if (Object.hasOwn(entries, key)) return entries[key];
  const host = hostOfKey(key);
  return Object.entries(entries).find(([candidate]) => hostOfKey(candidate) === host)?.[1];
}

/** A stored login as the engine takes it; undefined where it holds none. */
export function authOf(login: StoredLogin, key: string): RegistryAuth | undefined {
  if (login.identitytoken) return { identitytoken: login.identitytoken, serveraddress: key };
  const { username, password } = login.auth ? decodeLogin(login.auth) : login;
  if (!username || !password) return undefined;
  return { username, password, serveraddress: key };
}

/** `user:password` in base64; a password may hold colons, and some programs pad it with NUL bytes. */
function decodeLogin(encoded: string): { username?: string; password?: string } {
  const plain = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  if (colon < 0) return {};
  return { username: plain.slice(0, colon), password: plain.slice(colon + 1).replace(/^\0+|\0+$/g, '') };
}
