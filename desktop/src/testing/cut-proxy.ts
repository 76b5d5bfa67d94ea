import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A relay in front of an engine whose connections a test can cut. */
export interface CutProxy {
  /** `unix://…` address to connect to instead of the engine. */
  readonly url: string;
  /** Breaks every open connection at once; new ones are let through. Answers how many there were. */
  cut(): number;
  /** Breaks every open connection and refuses new ones until `open` is called. */
  close(): void;
  open(): void;
  /** Lets nothing through any more, as a stopped engine would: connections open and stay silent. */
  freeze(): void;
  /** Request lines (`GET /v1.45/containers/json?…`) since the last call, in order of arrival. */
  takeRequests(): string[];
  /** How many connections are open whose last request line holds this text. */
  held(text: string): number;
  dispose(): Promise<void>;
}

function target(engineUrl: string): NetConnectOpts {
  const url = new URL(engineUrl);
  if (url.protocol === 'unix:') return { path: url.pathname };
  return { host: url.hostname, port: Number(url.port) };
}

const requestLine = /^(?:GET|POST|PUT|DELETE|HEAD) \S+(?= HTTP\/1\.1\r$)/gm;

/** Starts a relay on a socket of its own in front of the engine at `engineUrl` (unix or tcp, without TLS). */
export async function startCutProxy(engineUrl: string): Promise<CutProxy> {
  const directory = await mkdtemp(join(tmpdir(), 'quayside-cut-'));
  const path = join(directory, 'engine.sock');
  /** Open connections, each with its last request line. */
  const sockets = new Map<Socket, string>();
  const requests: string[] = [];
  let refusing = false;
  let frozen = false;

  const cut = (): number => {
    const count = sockets.size;
    for (const socket of sockets.keys()) socket.destroy();
    sockets.clear();
    return count;
  };

  const server = createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    const upstream = connect(target(engineUrl));
    const end = (): void => {
      client.destroy();
      upstream.destroy();
      sockets.delete(client);
    };
    sockets.set(client, '');
    for (const socket of [client, upstream]) socket.on('error', end);
    client.on('close', end);
    // What the engine sent before it closed is still handed on.
    upstream.on('close', () => client.end());
    client.on('data', (bytes) => {
      const lines = bytes.toString('latin1').match(requestLine) ?? [];
      requests.push(...lines);
      sockets.set(client, lines.at(-1) ?? sockets.get(client) ?? '');
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('data', (bytes) => frozen || to.write(bytes));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });

  return {
    url: `unix://${path}`,
    cut,
    close() {
      refusing = true;
      cut();
    },
    open() {
      refusing = false;
    },
    freeze() {
      frozen = true;
    },
    takeRequests: () => requests.splice(0),
    held: (text) => [...sockets.values()].filter((line) => line.includes(text)).length,
    async dispose() {
      cut();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
