import { readDockerConfig } from '../registry/docker-config.ts';
import type { BuildRequest } from '../types.ts';

/**
 * Adds the proxies of the docker configuration as build arguments, as the docker command line does: under both spellings,
 * those of this engine else the default ones, and never over an argument that was given.
 */
export async function withProxies(
  request: BuildRequest,
  env: Readonly<Record<string, string | undefined>>,
  endpoint = '',
): Promise<BuildRequest> {
  const { config } = await readDockerConfig(env);
  const proxies = config.proxies[endpoint] ?? config.proxies['default'] ?? {};
  const given = new Set(Object.keys(request.args).map((name) => name.toUpperCase()));
  const args = names.flatMap(([key, name]) => {
    const value = proxies[key];
    // The builder takes one spelling for the other, so an argument given under either of them counts.
    return !value || given.has(name) ? [] : [name, name.toLowerCase()].map((spelling) => [spelling, value] as const);
  });
  return { ...request, args: { ...Object.fromEntries(args), ...request.args } };
}

const names = [
  ['httpProxy', 'HTTP_PROXY'],
  ['httpsProxy', 'HTTPS_PROXY'],
  ['noProxy', 'NO_PROXY'],
  ['ftpProxy', 'FTP_PROXY'],
  ['allProxy', 'ALL_PROXY'],
] as const;
