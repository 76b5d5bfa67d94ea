import type { Endpoint } from '../types.ts';

/** Where an endpoint's connections go: a socket or pipe by its path, or a host and port. */
export interface Target {
  readonly connect: { readonly path: string } | { readonly host: string; readonly port: number };
  /** What stands before every path, without a slash at its end. */
  readonly basePath: string;
}

/** Takes the address of an endpoint apart, without ssh. */
export function targetOf({ url, tls }: Endpoint): Target {
  const scheme = url.slice(0, url.indexOf('://'));
  if (scheme === 'unix' || scheme === 'npipe') {
    return { connect: { path: url.slice(scheme.length + 3) }, basePath: '' };
  }
  const { hostname, pathname } = new URL(url.replace(/^tcp:/, 'http:'));
  // A port that is the default of http is dropped by URL, so it is read from the text.
  const [, port = tls === undefined ? '2375' : '2376'] = /^tcp:\/\/[^/]*:(\d+)(?:\/|$)/.exec(url) ?? [];
  return { connect: { host: hostname, port: Number(port) }, basePath: pathname.replace(/\/+$/, '') };
}
