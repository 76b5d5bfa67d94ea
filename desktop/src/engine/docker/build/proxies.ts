import { proxyEnvironment } from '../proxies.ts';
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
  // The builder takes one spelling for the other, so an argument given under either of them counts.
  const given = new Set(Object.keys(request.args).map((name) => name.toUpperCase()));
  const proxies = Object.entries(await proxyEnvironment(endpoint, env));
  const args = Object.fromEntries(proxies.filter(([name]) => !given.has(name.toUpperCase())));
  return { ...request, args: { ...args, ...request.args } };
}
