import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A relay in front of an engine that notes what Quayside asks of it. */
export interface CallRecorder {
  /** `unix://…` address to use instead of the engine's. */
  readonly url: string;
  /** Each kind of request once, as `METHOD /path`, without version and query. What the reference CLI asks is left out. */
  readonly calls: ReadonlySet<string>;
  dispose(): Promise<void>;
}

/** A request with its head, at the begin of what a client sends at once. */
const head = /^(GET|HEAD|POST|PUT|DELETE) (\/\S*) HTTP\/1\.[01]\r\n((?:[^\r\n]+\r\n)*)\r\n/;
/** How the reference CLI and its plugins name themselves. Quayside names itself not at all. */
const reference = /^user-agent: *(?:docker|compose|buildx|go-http)/im;

function target(engineUrl: string): NetConnectOpts {
  const url = new URL(engineUrl);
  return url.protocol === 'unix:' ? { path: url.pathname } : { host: url.hostname, port: Number(url.port) };
}

/** Starts a relay on a socket of its own in front of the engine at `engineUrl` (unix or tcp, without TLS). */
export async function recordCalls(engineUrl: string): Promise<CallRecorder> {
  const directory = await mkdtemp(join(tmpdir(), 'quayside-calls-'));
  const path = join(directory, 'engine.sock');
  const calls = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ ...target(engineUrl), allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.on('error', end).on('close', end);
    upstream.on('error', end);
    client.on('data', (bytes) => {
      const found = head.exec(bytes.toString('latin1'));
      if (found === null) return;
      const [, method = '', asked = '', headers = ''] = found;
      if (!reference.test(headers))
        calls.add(`${method} ${asked.replace(/^\/v\d+\.\d+(?=\/)/, '').replace(/\?.*$/, '')}`);
    });
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  return {
    url: `unix://${path}`,
    calls,
    async dispose() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
