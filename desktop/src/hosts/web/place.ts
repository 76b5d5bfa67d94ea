import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import type { ListenPlace } from '#api/serve/http.ts';
import { QuaysideError } from '#contract/index.ts';

/** Where the panel is to be served, as the command line says it. */
export interface PlaceOptions {
  /** 0 = any free port. */
  readonly port: number;
  /** Address to listen on; 127.0.0.1 where nothing is said. */
  readonly bind?: string | undefined;
  /** PEM files. */
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  /** The statement that a proxy of one's own stands before it: the origin under which browsers know that. */
  readonly behindProxy?: string | undefined;
  /** Network address of that proxy; only from there X-Forwarded-For is believed, for the limits on guesses. */
  readonly proxyAddress?: string | undefined;
  /** Path of a Unix socket to listen on instead; `port` is then the one that browsers see at the other end of a tunnel. */
  readonly socket?: string | undefined;
  /** Path of a users file. */
  readonly users?: string | undefined;
  /** Path of an OIDC file: people sign in at a provider, beside the users of the users file or without them. */
  readonly oidc?: string | undefined;
}

/** Where it listens, and under which origins browsers may know it: the first is the one to be told. */
export interface Place {
  readonly listen: ListenPlace;
  readonly origins: (port: number) => readonly string[];
  readonly proxyAddress?: string | undefined;
}

const loopback = '127.0.0.1';
const loopbackNames = new Set([loopback, 'localhost']);

/**
 * Decides where a panel may be served. Beyond this machine it takes TLS, or the statement that a proxy does that, and accounts: one
 * link for all would be a password that everybody shares. Throws USAGE.
 */
export async function choosePlace(options: PlaceOptions): Promise<Place> {
  const { port, socket, behindProxy, tlsCert, tlsKey, proxyAddress } = options;
  const host = options.bind === undefined || loopbackNames.has(options.bind) ? loopback : options.bind;
  if (socket !== undefined) return onSocket(socket, options);
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw usage('TLS takes a certificate and its key.', 'Give both --tls-cert FILE and --tls-key FILE.');
  }
  if (proxyAddress !== undefined && behindProxy === undefined) {
    throw usage('--proxy-address says nothing without a proxy.', 'State it too: --behind-proxy https://panel.example');
  }
  const secured = tlsCert !== undefined || behindProxy !== undefined;
  if (host !== loopback && !secured) {
    throw usage(
      `On ${host} the panel could be reached from other machines, and read on the way.`,
      'Give --tls-cert FILE --tls-key FILE, or state --behind-proxy https://panel.example where a proxy of yours does TLS. For one person a tunnel is enough: ssh -L 4870:127.0.0.1:4870 HOST.',
    );
  }
  if ((host !== loopback || behindProxy !== undefined) && !isShared(options)) {
    throw usage(
      'A panel that others can reach needs accounts.',
      'Make one with quayside users add NAME --role admin --users FILE, and give --users FILE here; or give --oidc FILE.',
    );
  }
  const tls = tlsCert === undefined || tlsKey === undefined ? undefined : await readTls(tlsCert, tlsKey);
  const origins = behindProxy === undefined ? tls?.origins : [checkedOrigin(behindProxy)];
  return {
    listen: { port, host, ...(tls === undefined ? {} : { tls: tls.files }) },
    origins: (bound) => (typeof origins === 'function' ? origins(bound) : (origins ?? loopbackOrigins(bound))),
    proxyAddress,
  };
}

/** Whether people sign in; else whoever opens a printed link is an admin. */
export function isShared({ users, oidc }: Pick<PlaceOptions, 'users' | 'oidc'>): boolean {
  return users !== undefined || oidc !== undefined;
}

/** The origins of a panel that this machine alone can reach. */
export function loopbackOrigins(port: number): readonly string[] {
  return [`http://${loopback}:${port}`, `http://localhost:${port}`];
}

function onSocket(path: string, { port, bind, tlsCert, tlsKey, behindProxy }: PlaceOptions): Place {
  if ([bind, tlsCert, tlsKey, behindProxy].some((one) => one !== undefined)) {
    throw usage('A socket has no address and no TLS.', 'Give --socket PATH and --port N alone.');
  }
  if (port === 0) {
    throw usage(
      'The panel has to know under which port browsers see it at the other end of the tunnel.',
      'Give --port 4870, and on the other machine: ssh -L 4870:PATH HOST.',
    );
  }
  return { listen: { path }, origins: () => loopbackOrigins(port) };
}

/** An origin and nothing more, as browsers write it. */
function checkedOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.origin === text) return text;
  throw usage(
    `"${text}" is not the origin of a panel.`,
    'Write it as browsers do: https://panel.example, without a path.',
  );
}

async function readTls(
  certificate: string,
  key: string,
): Promise<{ files: { cert: Buffer; key: Buffer }; origins: (port: number) => readonly string[] }> {
  let files: { cert: Buffer; key: Buffer };
  let names: readonly string[];
  try {
    files = { cert: await readFile(certificate), key: await readFile(key) };
    names = namesOf(new X509Certificate(files.cert));
  } catch (error) {
    throw usage(
      `The certificate ${certificate} or its key cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      'Give PEM files that this account may read, the certificate with its chain.',
    );
  }
  if (names.length === 0) {
    throw usage(
      `The certificate ${certificate} names no address under which the panel could be opened.`,
      'It needs a name of its own among its subject alternative names; a wildcard does not say which.',
    );
  }
  return { files, origins: (port) => names.map((name) => new URL(`https://${name}:${port}`).origin) };
}

/** Names and addresses for which a certificate is good; those with a wildcard are left out. */
function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName.split(', ').flatMap((entry) => {
    const [, kind, value = ''] = /^(DNS|IP Address):(.+)$/.exec(entry) ?? [];
    if (kind === undefined || value.includes('*')) return [];
    return [isIPv6(value) ? `[${value}]` : value.toLowerCase()];
  });
}

function usage(message: string, remedy: string): QuaysideError {
  return new QuaysideError('USAGE', message, { remedy });
}
