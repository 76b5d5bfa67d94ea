const HUB_KEY = 'https://index.docker.io/v1/';
const hubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The name under which credentials for a registry are kept: its `host[:port]`, or an old address for Docker Hub. */
export function registryKey(domain: string): string {
  return hubHosts.has(domain) ? HUB_KEY : domain;
}

/** The name of a registry for people: `host[:port]`, `docker.io` for Docker Hub. */
export function registryName(domain: string): string {
  const host = domain.toLowerCase();
  return hubHosts.has(host) ? 'docker.io' : host;
}

/** `host[:port]` of a key that may carry a scheme and a path, as old logins wrote it. */
export function hostOfKey(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
