import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeEngine } from '#testing/fake-engine.ts';
import { clientOver } from '#testing/panel-socket.ts';
import { testPassword, withUser } from '#testing/users-file.ts';
import { clientAddress } from './client-address.ts';
import { choosePlace, type PlaceOptions } from './place.ts';
import { createWebHost, type WebHost } from './web-host.ts';

const name = 'panel.example';
const outside = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
let folder: string;
let users: string;
let tlsCert: string;
let tlsKey: string;
let bare: string;
const hosts: WebHost[] = [];

function certificate(file: string, extension: readonly string[]): void {
  const out = ['-keyout', tlsKey, '-out', file, '-days', '2', '-subj', '/CN=test'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...out, ...extension],
    {
      stdio: 'ignore',
    },
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-place-'));
  users = join(folder, 'users.json');
  tlsCert = join(folder, 'cert.pem');
  tlsKey = join(folder, 'key.pem');
  bare = join(folder, 'bare.pem');
  certificate(bare, ['-addext', 'subjectAltName=DNS:*.example']);
  certificate(tlsCert, ['-addext', `subjectAltName=DNS:${name},IP:127.0.0.1`]);
  await withUser(users, 'vera', 'viewer');
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

async function serve(options: Partial<PlaceOptions>): Promise<WebHost> {
  const host = await createWebHost({ engine: createFakeEngine(), staticDir: '/nowhere', port: 0, ...options });
  hosts.push(host);
  return host;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function ask(options: object, headers: Record<string, string>, body?: string, tls = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const send = (tls ? httpsRequest : httpRequest)(
      { path: '/sign-in', method, ...options, headers, agent: false },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, body: text });
        });
      },
    );
    send.once('error', reject);
    send.end(body);
  });
}

const vera = JSON.stringify({ name: 'vera', password: testPassword });
const json = { 'content-type': 'application/json' };

test.each<[string, () => Partial<PlaceOptions>, string]>([
  ['another address, nothing said', () => ({ bind: '0.0.0.0' }), 'other machines'],
  ['another loopback address', () => ({ bind: '127.0.0.2' }), 'other machines'],
  ['every IPv6 address', () => ({ bind: '::' }), 'other machines'],
  ['accounts without TLS', () => ({ bind: '0.0.0.0', users }), 'other machines'],
  ['TLS without accounts', () => ({ bind: '0.0.0.0', tlsCert, tlsKey }), 'needs accounts'],
  ['a proxy without accounts', () => ({ behindProxy: 'https://panel.example' }), 'needs accounts'],
  ['a certificate without a key', () => ({ tlsCert }), 'a certificate and its key'],
  ['a key without a certificate', () => ({ tlsKey }), 'a certificate and its key'],
  ['a wildcard certificate', () => ({ bind: '0.0.0.0', users, tlsCert: bare, tlsKey }), 'names no address'],
  ['a certificate that is none', () => ({ bind: '0.0.0.0', users, tlsCert: users, tlsKey }), 'cannot be used'],
  ['a proxy that does no TLS', () => ({ users, behindProxy: 'http://panel.example' }), 'not the origin'],
  ['an origin with a path', () => ({ users, behindProxy: 'https://panel.example/' }), 'not the origin'],
  ['a proxy address without a proxy', () => ({ users, proxyAddress: '192.0.2.1' }), 'without a proxy'],
  ['a socket with an address', () => ({ socket: '/x', bind: '0.0.0.0', port: 1 }), 'no address'],
  ['a socket without a port', () => ({ socket: '/x' }), 'which port'],
])('%s is wrong usage, with cause and remedy', async (_name, options, words) => {
  await expect(choosePlace({ port: 0, ...options() })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining(words) as string,
    remedy: expect.stringMatching(/./) as string,
  });
});

test('a provider at which people sign in counts as accounts', async () => {
  expect(await choosePlace({ port: 0, behindProxy: 'https://panel.example', oidc: '/oidc.json' })).toMatchObject({
    listen: { host: '127.0.0.1' },
  });
});

test('beyond this machine with TLS and accounts: signed in over https and wss, under the names of the certificate alone', async () => {
  const host = await serve({ bind: '0.0.0.0', tlsCert, tlsKey, users });
  const origin = `https://${name}:${host.port}`;
  expect(host.link()).toBe(`${origin}/`);
  const ca = readFileSync(tlsCert);
  const to = { host: outside ?? '127.0.0.1', port: host.port, ca, servername: name };
  const here = `${name}:${host.port}`;
  const entered = await ask(to, { host: here, origin, ...json }, vera, true);
  expect(entered.status).toBe(200);
  const { session } = JSON.parse(entered.body) as { session: string };
  const socket = new WebSocket(`wss://127.0.0.1:${host.port}/rpc`, ['quayside', `session.${session}`], {
    origin,
    headers: { host: here },
    ca,
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  expect((await clientOver(socket).system.hello()).user).toEqual({ name: 'vera', role: 'viewer' });
  socket.terminate();

  for (const foreign of [`evil.example:${host.port}`, `localhost:${host.port}`, name, `${here}.`]) {
    expect((await ask(to, { host: foreign }, undefined, true)).status).toBe(421);
  }
  expect((await ask(to, { host: here, origin: `http://${here}`, ...json }, vera, true)).status).toBe(403);
  await expect(ask({ host: '127.0.0.1', port: host.port }, { host: here })).rejects.toThrow();
});

test('TLS before 1.2 is not spoken', async () => {
  const host = await serve({ tlsCert, tlsKey });
  const shake = (maxVersion: 'TLSv1.1' | 'TLSv1.2'): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const ciphers = 'DEFAULT:@SECLEVEL=0';
      const socket = tlsConnect(
        { host: '127.0.0.1', port: host.port, minVersion: 'TLSv1', maxVersion, ciphers, rejectUnauthorized: false },
        () => {
          resolve(socket.getProtocol());
          socket.destroy();
        },
      );
      socket.once('error', reject);
    });
  expect(await shake('TLSv1.2')).toBe('TLSv1.2');
  await expect(shake('TLSv1.1')).rejects.toThrow();
});

test('behind a proxy the public origin is the only one, and what is forwarded counts from that proxy alone', async () => {
  const origin = `https://${name}`;
  const host = await serve({ behindProxy: origin, users });
  const to = { host: '127.0.0.1', port: host.port };
  expect(host.link()).toBe(`${origin}/`);
  expect((await ask(to, { host: name, origin, ...json }, vera)).status).toBe(200);
  expect((await ask(to, { host: `127.0.0.1:${host.port}` })).status).toBe(421);
  expect((await ask(to, { host: 'evil.example', 'x-forwarded-host': name })).status).toBe(421);
  expect((await ask(to, { host: name, origin: `http://${name}`, ...json }, vera)).status).toBe(403);

  const from = (address: string, forwarded: string, proxy?: string) =>
    clientAddress(
      {
        address,
        headers: [['x-forwarded-for', forwarded]],
        method: 'GET',
        target: '/',
        port: 1,
        body: () => Promise.reject(new Error()),
      },
      proxy,
    );
  expect(from('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
  expect(from('192.0.2.1', '198.51.100.7', '192.0.2.2')).toBe('192.0.2.1');
  expect(from('192.0.2.2', '198.51.100.7', '192.0.2.2')).toBe('198.51.100.7');
  expect(from('::ffff:192.0.2.2', '203.0.113.9, 198.51.100.7', '192.0.2.2')).toBe('198.51.100.7');
});

test('a socket is for its owner alone, knows the port at the other end of the tunnel, and goes when the panel does', async () => {
  const socketPath = join(folder, 'panel.sock');
  const host = await serve({ socket: socketPath, port: 4870 });
  expect(statSync(socketPath).mode & 0o777).toBe(0o600);
  expect(host.link()).toMatch(/^http:\/\/127\.0\.0\.1:4870\/#t=/);
  expect((await ask({ socketPath }, { host: '127.0.0.1:4870' })).status).toBe(200);
  expect((await ask({ socketPath }, { host: '127.0.0.1:4871' })).status).toBe(421);
  await expect(serve({ socket: socketPath, port: 4870 })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  await hosts.pop()?.close();
  expect(() => statSync(socketPath)).toThrow();
});
