import type { Agent, IncomingMessage } from 'node:http';
import { createRequire, Module } from 'node:module';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import type DockerModem from 'docker-modem';
import type { Endpoint } from '../types.ts';
import { createPlainDialer, type PlainDialer } from './plain-dialer.ts';
import { targetOf } from './target.ts';

/** One exchange as dockerode's transport sees it. */
export interface DialOptions {
  readonly method: string;
  /** With version prefix, without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | NodeJS.ReadableStream | undefined;
  readonly signal: AbortSignal;
}

/** Sends requests; the answer arrives with its body unread, whatever its status. */
export interface Dialer {
  dial(options: DialOptions): Promise<IncomingMessage>;
  /** Reads an answer over a connection of its own. Absent where connections go through another program. */
  readonly plain?: PlainDialer;
  /** Asks for another protocol; the engine agrees by handing over the connection, or refuses by an answer. */
  upgrade(options: DialOptions, protocol: string): Promise<IncomingMessage | Socket>;
  close(): void;
}

// Every status counts as success here, so that docker-modem hands out the bare answer and errors are mapped in one place.
const anyStatus = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [index + 100, true]));

type ModemOptions = DockerModem.ConstructorOptions;

function address(endpoint: Endpoint, agent: Agent): { options: ModemOptions; basePath: string } {
  const { connect, basePath } = targetOf(endpoint);
  if ('path' in connect) return { options: { agent, protocol: 'http', socketPath: connect.path }, basePath };
  const protocol = endpoint.tls === undefined ? 'http' : 'https';
  const host = `${protocol}://${connect.host}`;
  return { options: { agent, protocol, host, port: connect.port }, basePath };
}

// Not by `import`: as modules, node:http and node:https also load Node's whole fetch, 25 ms of a cold start.
function nodeHttp() {
  return { http: process.getBuiltinModule('node:http'), https: process.getBuiltinModule('node:https') };
}

function createAgent(tls: Endpoint['tls']): Agent {
  const { http, https } = nodeHttp();
  const shared = { keepAlive: true, scheduling: 'lifo' as const };
  const { verify = true, ...material } = tls ?? {};
  const agent =
    tls === undefined
      ? new http.Agent(shared)
      : new https.Agent({ ...shared, ...material, rejectUnauthorized: verify });
  // docker-modem prints the options of every request, agent included, for a debug line that is usually off.
  return Object.assign(agent, { [inspect.custom]: () => 'Agent' });
}

function createModem(Modem: typeof DockerModem, options: ModemOptions): DockerModem {
  // The constructor reads DOCKER_HOST and DOCKER_CERT_PATH even when told where to go, and throws where they are bad.
  const hidden = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    return new Modem(options);
  } finally {
    if (hidden !== undefined) process.env['DOCKER_HOST'] = hidden;
  }
}

function mutable(headers: DialOptions['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}

/** docker-modem loads a whole SSH client, most of the time it takes to load. Quayside uses the system's own. */
function leaveSshOut(): void {
  const require = createRequire(import.meta.url);
  const path = require.resolve('docker-modem/lib/ssh.js');
  require.cache[path] ??= Object.assign(new Module(path), { loaded: true, filename: path });
}

/** Loads dockerode's transport (only when the engine is first asked) and points it at one endpoint. */
export async function createDialer(endpoint: Endpoint): Promise<Dialer> {
  leaveSshOut();
  const [{ default: Modem }, { default: senders }] = await Promise.all([
    import('docker-modem'),
    import('docker-modem/lib/http.js'),
  ]);
  // docker-modem follows redirects through requests without an error handler, which can end the process. An engine never
  // redirects, so its sender is replaced by Node's own and a redirect arrives as the odd answer it is.
  const { http, https } = nodeHttp();
  Object.assign(senders, { http: { request: http.request }, https: { request: https.request } });
  const agent = createAgent(endpoint.tls);
  const { options, basePath } = address(endpoint, agent);
  const modem = createModem(Modem, options);

  const send = ({ method, path, query, headers, body, signal }: DialOptions, hijack: boolean): Promise<unknown> =>
    new Promise((resolve, reject) => {
      modem.dial(
        {
          method,
          path: `${basePath}${path}${Object.keys(query).length === 0 ? '' : '?'}`,
          // Without both keys docker-modem sends one object as query and as body.
          options: { _query: query, _body: {} },
          headers: mutable(headers),
          ...(body === undefined ? {} : { file: body }),
          isStream: true,
          hijack,
          statusCodes: anyStatus,
          abortSignal: signal,
        },
        (error, result) => {
          if (error === null) resolve(result);
          else reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });

  return {
    dial: async (request) => {
      const answer = await send(request, false);
      if (answer instanceof http.IncomingMessage) return answer;
      throw new Error('no answer');
    },
    plain: createPlainDialer(endpoint),
    upgrade: async (request, protocol) => {
      const headers = { ...request.headers, Upgrade: protocol };
      // An empty body, or docker-modem would send a chunked one, whose end the engine reads as part of the new protocol.
      const answer = await send({ ...request, headers, body: Buffer.alloc(0) }, true);
      if (answer instanceof http.IncomingMessage || answer instanceof Socket) return answer;
      throw new Error('no answer');
    },
    close: () => {
      agent.destroy();
    },
  };
}
