import { readDockerConfig } from './registry/docker-config.ts';

const variables = {
  HTTP_PROXY: 'httpProxy',
  HTTPS_PROXY: 'httpsProxy',
  NO_PROXY: 'noProxy',
  FTP_PROXY: 'ftpProxy',
  ALL_PROXY: 'allProxy',
} as const;

/**
 * The proxy variables that Docker's configuration (`proxies`) gives to containers of an engine, in both spellings: those of
 * the engine's address, else the default ones.
 */
export async function proxyEnvironment(
  address: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, string>>> {
  const { proxies } = (await readDockerConfig(env)).config;
  const chosen = proxies[address] ?? proxies['default'];
  const found: Record<string, string> = {};
  for (const [name, key] of Object.entries(variables)) {
    const value = chosen?.[key];
    if (value === undefined || value === '') continue;
    found[name] = value;
    found[name.toLowerCase()] = value;
  }
  return found;
}
