import { say } from '#kit/say.ts';
import { endpointError } from './failure.ts';

/** An address taken apart far enough to know that it can be dialled. */
export interface Address {
  /** `unix:///path`, `tcp://host:port[/base]`, `npipe:////./pipe/name` or `ssh://[user@]host[:port][/socket]`. */
  readonly url: string;
  readonly scheme: 'unix' | 'tcp' | 'npipe' | 'ssh';
  /** True where the address itself asks for TLS (`https://`). */
  readonly secure: boolean;
}

/** Longest path that a socket address holds, in bytes. */
const longestSocketPath = 107;
const form = say`Write it as unix:///path/to/docker.sock, ssh://user@host, tcp://host:2376 (with TLS) or, on Windows, npipe:////./pipe/docker_engine.`;

/** The well-known address where none was given. */
export function defaultAddress(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
}

function parseUnix(path: string, text: string, source: string, platform: NodeJS.Platform): Address {
  if (path === '') return { url: defaultAddress('linux'), scheme: 'unix', secure: false };
  if (!path.startsWith('/')) throw endpointError(say`The socket path in "${text}" is not absolute`, form, source);
  if (platform !== 'win32' && Buffer.byteLength(path) > longestSocketPath) {
    const remedy = say`Put the socket, or a symbolic link to it, under a shorter path.`;
    throw endpointError(say`The socket path ${path} is longer than ${longestSocketPath} bytes`, remedy, source);
  }
  return { url: `unix://${path}`, scheme: 'unix', secure: false };
}

function parsePipe(path: string, text: string, source: string, platform: NodeJS.Platform): Address {
  if (platform !== 'win32')
    throw endpointError(say`"${text}" names a Windows pipe, and this is not Windows`, form, source);
  const clean = path.replaceAll('\\', '/');
  if (clean === '') return { url: defaultAddress('win32'), scheme: 'npipe', secure: false };
  if (!clean.startsWith('//')) throw endpointError(say`"${text}" is not the address of a pipe`, form, source);
  return { url: `npipe://${clean}`, scheme: 'npipe', secure: false };
}

function parseTcp(rest: string, text: string, source: string, secure: boolean): Address {
  const url = URL.parse(`http://${rest}`);
  if (url === null || `${url.username}${url.password}${url.search}${url.hash}` !== '') {
    throw endpointError(say`"${text}" is not the address of a Docker Engine`, form, source);
  }
  // URL drops port 80, so the port is looked for in the text.
  const [authority = ''] = rest.split('/');
  const [, given] = /:(\d+)$/.exec(authority) ?? [];
  const base = url.pathname.replace(/\/+$/, '');
  return {
    url: `tcp://${url.hostname}${given === undefined ? '' : `:${Number(given)}`}${base}`,
    scheme: 'tcp',
    secure,
  };
}

/** A name that begins with a hyphen would be an option of ssh. */
const sshName = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/;

function parseSsh(rest: string, text: string, source: string): Address {
  const url = URL.parse(`ssh://${rest}`);
  const odd = url === null || `${url.password}${url.search}${url.hash}` !== '';
  const host = url?.hostname.replace(/^\[[0-9a-f:]+\]$/i, 'ipv6') ?? '';
  if (odd || !sshName.test(host) || (url.username !== '' && !sshName.test(url.username))) {
    throw endpointError(
      say`"${text}" is not the address of a machine to reach by ssh`,
      say`Write it as ssh://user@host.`,
      source,
    );
  }
  return { url: url.href.replace(/\/$/, ''), scheme: 'ssh', secure: false };
}

/** Checks an address and brings it to one form. Throws ENGINE_ENDPOINT naming where it came from. */
export function parseAddress(text: string, source: string, platform: NodeJS.Platform): Address {
  const trimmed = text.trim();
  const [, scheme = 'tcp', rest = trimmed] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(trimmed) ?? [];
  switch (scheme.toLowerCase()) {
    case 'unix':
      return parseUnix(rest, text, source, platform);
    case 'npipe':
      return parsePipe(rest, text, source, platform);
    case 'tcp':
    case 'http':
      return parseTcp(rest, text, source, false);
    case 'https':
      return parseTcp(rest, text, source, true);
    case 'ssh':
      return parseSsh(rest, text, source);
    default:
      throw endpointError(say`"${text}" is not an address of a kind that Quayside knows`, form, source);
  }
}
