import type { RegistryLogin } from '#contract/index.ts';
import type { KeptLogins } from '../types.ts';
import { authOf } from './auth.ts';
import { HELPER_DEADLINE_MS, keysOfHelper } from './credential-helper.ts';
import { loginsFromEnvironment, readDockerConfig } from './docker-config.ts';
import { hostOfKey, registryName } from './registry-key.ts';

interface SavedLoginOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly kept?: KeptLogins | undefined;
  readonly deadlineMs?: number;
}

/** For which registries there are logins, and where each comes from that is used; none of them is read. */
export async function savedLogins({
  env,
  kept,
  deadlineMs = HELPER_DEADLINE_MS,
}: SavedLoginOptions): Promise<{ readonly logins: RegistryLogin[]; readonly problem?: string }> {
  const problems: string[] = [];
  const telling = (error: unknown): string[] => {
    problems.push(error instanceof Error ? error.message : String(error));
    return [];
  };
  const { config, problem } = await readDockerConfig(env);
  if (problem !== undefined) problems.push(problem);
  const { auths, credHelpers, credsStore = '' } = config;
  const [own, stored] = await Promise.all([
    kept?.domains().catch(telling) ?? [],
    credsStore === '' ? [] : keysOfHelper({ helper: credsStore, env, deadlineMs }).catch(telling),
  ]);
  // A store takes the place of what the file says; the same order as where a login is looked for.
  const inFile = credsStore === '' ? Object.entries(auths).filter(([key, login]) => authOf(login, key)) : [];
  const all: RegistryLogin[] = [
    ...own.map((domain) => ({ domain, source: 'quayside' as const })),
    ...Object.keys(loginsFromEnvironment(env)).map((domain) => ({ domain, source: 'environment' as const })),
    ...Object.entries(credHelpers).map(([domain, helper]) => ({ domain, source: 'helper' as const, helper })),
    ...stored.map((domain) => ({ domain, source: 'helper' as const, helper: credsStore })),
    ...inFile.map(([domain]) => ({ domain, source: 'file' as const })),
  ];
  const used = new Map<string, RegistryLogin>();
  for (const login of all) {
    const domain = registryName(hostOfKey(login.domain));
    if (!used.has(domain)) used.set(domain, { ...login, domain });
  }
  const logins = [...used.values()].toSorted((one, other) => one.domain.localeCompare(other.domain));
  return { logins, ...(problems.length === 0 ? {} : { problem: problems.join('; ') }) };
}
