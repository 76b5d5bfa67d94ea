import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { defaultDeadlines } from '../deadlines.ts';
import { head, piece, startRawEngine, streamHead } from '../fixtures/raw-engine.ts';
import type { Endpoint } from '../types.ts';
import { decoderFor } from './body-decoder.ts';
import { defaultHeartbeat } from './heartbeat.ts';
import { HttpTransport } from './http-transport.ts';
import { Flow } from './pacer.ts';
import { HeadReader } from './plain-head.ts';

const version = JSON.stringify({ Version: '26.1.5', ApiVersion: '1.45', Os: 'linux', Arch: 'amd64' });

function transportTo(endpoint: Endpoint): HttpTransport {
  const transport = new HttpTransport(endpoint, defaultDeadlines, defaultHeartbeat);
  onTestFinished(() => {
    transport.dispose();
  });
  return transport;
}

/** Node's own server in the place of an engine. */
async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const answering =
  (answer: RequestListener): RequestListener =>
  (request, response) => {
    if (request.url === '/version') response.end(version);
    else answer(request, response);
  };

async function drained(transport: HttpTransport, ownConnection: boolean) {
  const query = { tail: 'all', filter: ['a&b', 'c d'] };
  const own = ownConnection ? { ownConnection: 'already' as const } : {};
  const response = await transport.request({ method: 'GET', path: '/containers/web/logs', query, ...own });
  const parts: Buffer[] = [];
  await response.drain((part) => {
    parts.push(Buffer.from(part));
    return undefined;
  });
  const { date, connection, 'keep-alive': keepAlive, ...headers } = response.headers;
  expect([date, connection].includes(undefined)).toBe(false);
  expect(keepAlive === undefined).toBe(ownConnection);
  return { status: response.status, headers, body: Buffer.concat(parts).toString('latin1') };
}

describe('an answer on a connection of its own', () => {
  const texts = Array.from({ length: 500 }, (_, index) => `${index} ${'ä'.repeat(index % 40)}\n`);

  const longAnswer: RequestListener = (request, response) => {
    response.setHeader('X-Asked', String(request.url));
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    for (const text of texts) response.write(text);
    response.end();
  };

  test('is the one that an HTTP client reads: status, headers, query, body', async () => {
    const port = await listening(createHttpServer(answering(longAnswer)));
    const transport = transportTo({ url: `tcp://127.0.0.1:${port}`, source: 'test' });
    const [own, client] = [await drained(transport, true), await drained(transport, false)];
    expect(own).toEqual(client);
    expect(Buffer.from(own.body, 'latin1').toString()).toBe(texts.join(''));
  });

  test('comes over TLS too, and from nobody who is not trusted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quayside-tls-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...name];
    await promisify(execFile)('openssl', made);
    const ca = await readFile(cert, 'utf8');
    const options = { key: await readFile(key, 'utf8'), cert: ca };
    const port = await listening(createTlsServer(options, answering(longAnswer)));
    const endpoint = { url: `tcp://127.0.0.1:${port}`, source: 'test' };
    const trusting = transportTo({ ...endpoint, tls: { verify: true, ca } });
    expect(await drained(trusting, true)).toEqual(await drained(trusting, false));
    const unverified = transportTo({ ...endpoint, tls: { verify: false } });
    await unverified.info();
    const known = unverified.info();
    const other = transportTo({ ...endpoint, tls: { verify: true } });
    other.info = () => known;
    await expect(drained(other, true)).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT' });
  });

  test('without length or chunks ends with its connection', async () => {
    const engine = await startRawEngine(({ path, socket }) => {
      if (!path.endsWith('/logs')) return false;
      socket.end(`${head(200, { Connection: 'close' })}to the end`);
      return true;
    });
    const transport = transportTo(engine.endpoint);
    const response = await transport.request({ method: 'GET', path: '/containers/web/logs', ownConnection: 'already' });
    const parts: string[] = [];
    await response.drain((part) => {
      parts.push(Buffer.from(part).toString());
      return undefined;
    });
    expect(parts.join('')).toBe('to the end');
  });

  test.each([
    ['live', 0],
    ['already', 3],
  ] as const)('that is there %s is read so often while no timer runs out: %i', async (ownConnection, times) => {
    let send: (data: string) => void = () => undefined;
    const engine = await startRawEngine(({ path, socket }) => {
      if (!path.endsWith('/logs')) return false;
      socket.write(streamHead);
      send = (data) => socket.write(piece(data));
      return true;
    });
    const transport = transportTo(engine.endpoint);
    await transport.info();
    const ended = new AbortController();
    const { signal } = ended;
    const asked = { method: 'GET', path: '/containers/web/logs', ownConnection, signal } as const;
    const response = await transport.request(asked);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const read: string[] = [];
    const drained = response.drain((part) => {
      read.push(Buffer.from(part).toString());
      send(`part ${read.length}`);
      return read.length === 3 ? 'stop' : undefined;
    });
    send('part 0');
    // Each is sent once the one before was read; a ping has come back as often as all of them could have.
    for (let pings = 0; pings < 20; pings += 1) await transport.request({ method: 'GET', path: '/_ping' });
    expect(read).toHaveLength(times);
    ended.abort();
    await drained.catch(() => undefined);
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['no size before a chunk', `${head(200, { 'Transfer-Encoding': 'chunked' })}hello\r\n`],
    ['no status', 'HTTP/1.1 fine\r\n\r\n'],
  ])('%s is ENGINE_PROTOCOL', async (_what, text) => {
    const engine = await startRawEngine(({ path, socket }) => {
      if (!path.endsWith('/logs')) return false;
      socket.write(text);
      return true;
    });
    const transport = transportTo(engine.endpoint);
    const read = async (): Promise<void> => {
      const asked = { method: 'GET', path: '/containers/web/logs', ownConnection: 'already' } as const;
      await (await transport.request(asked)).drain(() => undefined);
    };
    await expect(read()).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
  });
});

const cutsOf = (length: number, places: readonly number[]): number[] =>
  [...places.map((place) => place % (length + 1)), 0, length].sort((a, b) => a - b);

test('any cutting of a chunked body gives the same bytes, and its end is known', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 })), fc.array(fc.nat()), (parts, places) => {
      const coded = Buffer.concat([...parts.map(piece), Buffer.from('0\r\nX-Trailer: yes\r\n\r\n')]);
      const decoder = decoderFor({ 'transfer-encoding': 'chunked' });
      const cuts = cutsOf(coded.length, places);
      const got = cuts.slice(1).map((end, index) => {
        // In place, in memory that is used again, with something before it.
        const memory = Buffer.concat([Buffer.from('xx'), coded.subarray(cuts[index], end)]);
        return memory.subarray(2, decoder?.decode(memory, 2, memory.length));
      });
      expect(Buffer.concat(got).equals(Buffer.concat(parts))).toBe(true);
      expect(decoder?.ended).toBe(true);
      expect(decoder?.pieces).toBe(parts.length + 1);
    }),
  );
});

test('a body that is cut is not complete', () => {
  const coded = Buffer.concat([piece('hello'), Buffer.from('0\r\n\r\n')]);
  for (let end = 0; end < coded.length; end += 1) {
    const decoder = decoderFor({ 'transfer-encoding': 'chunked' });
    decoder?.decode(Buffer.from(coded), 0, end);
    expect(decoder?.ended).toBe(false);
  }
});

test('any cutting of a head gives the same head, and says where the body begins', () => {
  const text = `${head(404, { 'Content-Type': 'application/json', 'X-Empty': '' })}body`;
  fc.assert(
    fc.property(fc.array(fc.nat()), (places) => {
      const reader = new HeadReader();
      const cuts = cutsOf(text.length, places);
      for (const [index, end] of cuts.slice(1).entries()) {
        const start = cuts[index] ?? 0;
        const found = reader.read(Buffer.from(text.slice(start, end)));
        if (found === undefined) continue;
        expect(found.head).toMatchObject({
          status: 404,
          headers: { 'content-type': 'application/json', 'x-empty': '' },
        });
        expect(text.slice(start + found.bodyStart)).toBe('body');
        return;
      }
      expect.unreachable();
    }),
  );
});

test('what has come while a socket rests is read by who catches up', { timeout: 10_000 }, async ({ signal }) => {
  // No tick ends by itself.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const engine = await startRawEngine(({ path, socket }) => {
    if (!path.endsWith('/logs')) return false;
    socket.write(head(200, { 'Transfer-Encoding': 'chunked' }));
    let n = 0;
    const more = setInterval(() => socket.write(piece(`${n++} `)), 1);
    socket.on('close', () => {
      clearInterval(more);
    });
    return true;
  });
  const transport = transportTo(engine.endpoint);
  const response = await transport.request({ method: 'GET', path: '/containers/web/logs', ownConnection: 'live' });
  let shown = '';
  const drained = response.drain((part) => {
    shown += Buffer.from(part).toString();
    return shown.length > 20 ? 'stop' : undefined;
  });
  while (shown.length <= 20 && !signal.aborted) {
    await nextTurn();
    await transport.catchUp();
  }
  await drained;
  expect(shown).toMatch(/^0 1 2 3 /);
});

describe('the flow of a socket', () => {
  const taken = (pieces: number, bytesEach: number, more = false) => ({ bytes: pieces * bytesEach, pieces, more });

  test('rests after few lines; a flood does not, until it has ebbed away', () => {
    const flow = new Flow();
    expect(flow.mayRest(taken(40, 380), 0)).toBe(true);
    expect(flow.mayRest(taken(160, 380), 8)).toBe(false);
    for (let ms = 9; ms < 1000; ms += 1) expect(flow.mayRest(taken(80, 380), ms)).toBe(false);
    expect(flow.mayRest(taken(1, 380), 1051)).toBe(false);
    expect(flow.mayRest(taken(1, 380), 1110)).toBe(true);
  });

  test('many short lines are a flood', () => {
    expect(new Flow().mayRest(taken(200, 50), 0)).toBe(false);
  });

  test('long lines do not let it rest while more is waiting than the buffer takes, and are a flood where much is', () => {
    const flow = new Flow();
    expect(flow.mayRest(taken(4, 16_384, true), 0)).toBe(false);
    expect(flow.mayRest(taken(1, 16_384), 0)).toBe(true);
    expect(flow.mayRest(taken(4, 16_384, true), 8)).toBe(false);
    expect(flow.mayRest(taken(4, 16_384, true), 8)).toBe(false);
    expect(flow.mayRest(taken(1, 16_384), 8)).toBe(false);
    expect(flow.mayRest(taken(1, 16_384), 60)).toBe(true);
  });
});
