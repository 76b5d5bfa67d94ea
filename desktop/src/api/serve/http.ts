import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { QuaysideError } from '#contract/index.ts';

/** A request as it came in: names in lower case, duplicates kept, nothing joined or guessed. */
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Port on which the server listens. */
  readonly port: number;
  /** Network address of whoever connected. */
  readonly address: string;
  /** The whole body; throws BodyTooLarge beyond 1 MiB. */
  body(): Promise<Uint8Array>;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** An upgrade that may be handed to `SocketServer.accept`. */
export interface HttpUpgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** What a host does with requests. Every path that answers goes through one of these two. */
export interface HttpApp {
  /** Sent with every answer, refusals of broken requests included. */
  readonly headers: Readonly<Record<string, string>>;
  handle(request: HttpRequest): Promise<HttpReply>;
  /** Either refuses, or takes the connection over. */
  upgrade(request: HttpRequest, upgrade: HttpUpgrade): HttpReply | 'accepted';
}

/** Where to listen: an address, with TLS 1.2 or newer where there is a certificate; or a Unix socket, for this account alone. */
export type ListenPlace =
  | { readonly port: number; readonly host: string; readonly tls?: { readonly cert: Buffer; readonly key: Buffer } }
  | { readonly path: string };

export interface HttpServer {
  /** 0 on a socket. */
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/** A body beyond the limit; answered with 413. */
class BodyTooLarge extends Error {}

const maxBodyBytes = 1024 * 1024;
const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  // Missing and doubled Host headers are for the guard to refuse, with its own status and headers.
  requireHostHeader: false,
};
const maxConnections = 256;
/** Listens there and nowhere else; port 0 takes a free one. Throws PORT_IN_USE. */
export async function listenAt(place: ListenPlace, app: HttpApp): Promise<HttpServer> {
  const server = serverFor(place);
  server.maxConnections = maxConnections;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void respond(app, request, response);
  };
  server.on('request', onRequest);
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', onRequest);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // The peer may vanish while it is being refused.
    socket.on('error', () => socket.destroy());
    const verdict = app.upgrade(toRequest(request), { request, socket, head });
    if (verdict !== 'accepted') refuseRaw(socket, verdict, app.headers);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400;
    refuseRaw(socket, { status }, app.headers);
  });
  await listen(server, place);
  return { port: portOf(server), close: () => closeServer(server) };
}

function serverFor(place: ListenPlace): Server {
  if (!('tls' in place)) return createServer(limits);
  return createTlsServer({ ...limits, ...place.tls, minVersion: 'TLSv1.2' });
}

async function respond(app: HttpApp, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let reply: HttpReply;
  try {
    reply = await app.handle(toRequest(request));
  } catch (error) {
    reply = { status: error instanceof BodyTooLarge ? 413 : 500 };
  }
  const body = Buffer.from(reply.body ?? '');
  const headers: Record<string, string> = { ...app.headers, ...reply.headers, 'Content-Length': String(body.length) };
  // A refused request may have an unread body behind it; nothing more is read from that connection.
  if (reply.status >= 400) headers['Connection'] = 'close';
  response.writeHead(reply.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function toRequest(message: IncomingMessage): HttpRequest {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    headers.push([(message.rawHeaders[index] ?? '').toLowerCase(), message.rawHeaders[index + 1] ?? '']);
  }
  return {
    method: message.method ?? '',
    target: message.url ?? '',
    headers,
    port: message.socket.localPort ?? 0,
    address: message.socket.remoteAddress ?? '',
    body: () => readBody(message),
  };
}

async function readBody(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The stream has to outlive the refusal, or the 413 could not be sent.
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuseRaw(socket: Duplex, reply: HttpReply, headers: Readonly<Record<string, string>>): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = Object.entries({ ...headers, ...reply.headers, 'Content-Length': '0', Connection: 'close' });
  const head = `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? 'Refused'}\r\n`;
  socket.end(`${head}${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  setTimeout(() => socket.destroy(), 1_000).unref();
}

function listen(server: Server, place: ListenPlace): Promise<void> {
  // A socket is there from the moment it is bound, so it has to be bound for its owner alone.
  const mask = 'path' in place ? process.umask(0o177) : undefined;
  return new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject('path' in place ? socketError(error, place.path) : portError(error, place.port, place.host));
    });
    server.listen({ ...('path' in place ? place : { port: place.port, host: place.host }), exclusive: true }, resolve);
  }).finally(() => {
    if (mask !== undefined) process.umask(mask);
  });
}

function socketError(error: NodeJS.ErrnoException, path: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new QuaysideError('PORT_IN_USE', `There is a socket ${path} already.`, {
      remedy: 'Another panel may be served there. If none is, one was cut off: remove the file.',
      cause: error,
    });
  }
  return new QuaysideError('USAGE', `No socket can be made at ${path}: ${error.code ?? error.message}.`, {
    remedy: 'Name a path of at most 100 characters in a folder that this account may write to.',
    cause: error,
  });
}

function portError(error: NodeJS.ErrnoException, port: number, address: string): Error {
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new QuaysideError('USAGE', `This machine has no address ${address}.`, {
      remedy: 'Give one of its own with --bind ADDRESS, or 0.0.0.0 for all.',
      cause: error,
    });
  }
  if (error.code === 'EADDRINUSE') {
    return new QuaysideError('PORT_IN_USE', `Port ${port} on ${address} is taken by another program.`, {
      remedy: 'Choose another with --port N, or leave --port out to get a free one.',
      cause: error,
    });
  }
  if (error.code === 'EACCES') {
    return new QuaysideError('PORT_IN_USE', `Port ${port} may not be used by this account.`, {
      remedy: 'Choose a port above 1023 with --port N.',
      cause: error,
    });
  }
  return error;
}

function portOf(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
