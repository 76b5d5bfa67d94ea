import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeEngine, type FakeEngine } from '#testing/fake-engine.ts';
import { rawRequest } from '#testing/raw-http.ts';
import { createWebHost, type WebHost } from './web-host.ts';

let host: WebHost;
let engine: FakeEngine;

beforeEach(async () => {
  engine = createFakeEngine();
  host = await createWebHost({ engine, port: 0, staticDir: '/nowhere' });
});

afterEach(() => host.close());

async function exchange(body: object): Promise<{ status: number; body: string }> {
  const text = JSON.stringify(body);
  const origin = `127.0.0.1:${host.port}`;
  return rawRequest(
    host.port,
    `POST /session HTTP/1.1\r\nHost: ${origin}\r\nOrigin: http://${origin}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
  );
}

async function signIn(): Promise<string> {
  const answer = await exchange({ token: host.link().split('#t=')[1] });
  return (JSON.parse(answer.body) as { session: string }).session;
}

/** Opens a socket; the number is the status with which it was refused. */
function open(secret: string): Promise<WebSocket | number> {
  const origin = `http://127.0.0.1:${host.port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, ['quayside', `session.${secret}`], { origin });
  return new Promise((resolve) => {
    socket.on('open', () => {
      resolve(socket);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.on('error', () => undefined);
  });
}

const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.on('close', resolve));

test('the ninth socket of a session waits until one is closed', async () => {
  const secret = await signIn();
  const sockets = await Promise.all(Array.from({ length: 8 }, () => open(secret)));
  expect(sockets.every((socket) => socket instanceof WebSocket)).toBe(true);
  expect(await open(secret)).toBe(429);
  const [first] = sockets;
  if (!(first instanceof WebSocket)) throw new Error('refused');
  first.terminate();
  await closed(first);
  await expect.poll(() => open(secret)).toBeInstanceOf(WebSocket);
});

test('guessing is slowed down and locks nobody out', async () => {
  const secret = await signIn();
  const statuses = new Set<number>();
  for (let count = 0; count < 30; count += 1) statuses.add((await exchange({ token: `guess-${count}` })).status);
  expect(statuses).toEqual(new Set([401, 429]));
  expect(await open('guess')).toBe(429);
  expect(await open(secret)).toBeInstanceOf(WebSocket);
  expect((await exchange({ token: host.link().split('#t=')[1] })).status).toBe(200);
});

test('a frame beyond 64 KiB ends the connection, one below does not', async () => {
  const secret = await signIn();
  const socket = await open(secret);
  if (!(socket instanceof WebSocket)) throw new Error('refused');
  socket.send(JSON.stringify({ i: '1', p: { u: '/none', b: 'x'.repeat(60_000) } }));
  await new Promise((resolve) => socket.once('message', resolve));
  socket.send('x'.repeat(64 * 1024 + 1));
  expect(await closed(socket)).toBe(1009);
});

test('closing the host ends sockets with 1001 and their streams', async () => {
  const secret = await signIn();
  const socket = await open(secret);
  if (!(socket instanceof WebSocket)) throw new Error('refused');
  socket.send(JSON.stringify({ i: '1', p: { u: '/engine/watch' } }));
  await expect.poll(() => engine.openStreams()).toBe(1);
  const code = closed(socket);
  await host.close();
  expect(await code).toBe(1001);
  await expect.poll(() => engine.openStreams()).toBe(0);
});

test('a request that trickles in is ended', { timeout: 20_000 }, async () => {
  const socket = connect(host.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: 127');
  const drip = setInterval(() => socket.write('.'), 500);
  socket.on('error', () => undefined);
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () => {
      resolve(text);
    });
  });
  clearInterval(drip);
  expect(answer).toContain('408 Request Timeout');
});

test('the address is 127.0.0.1 only, and a taken port is named with its remedy', async () => {
  await expect(createWebHost({ engine, port: host.port, staticDir: '/nowhere' })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    remedy: expect.stringContaining('--port') as string,
  });
});
