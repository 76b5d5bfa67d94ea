import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import type { Role } from '#contract/index.ts';
import { createFakeEngine, type FakeEngine } from '#testing/fake-engine.ts';
import { clientOver, openSocket, signIn } from '#testing/panel-socket.ts';
import { signInAs, testPassword, withUser } from '#testing/users-file.ts';
import { removeUser, setPassword, setRole } from './accounts/manage.ts';
import { createWebHost, type WebHost } from './web-host.ts';

/** Each password that is made or tried takes tenths of a second, so the file is made once. */
let made: string;
let folder: string;
let users: string;
let engine: FakeEngine;
let host: WebHost;
let origin: string;
const troubles: string[] = [];

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'qs-test-users-'));
  await withUser(join(made, 'users.json'), 'vera', 'viewer');
  await withUser(join(made, 'users.json'), 'mina', 'admin');
}, 60_000);

afterAll(() => rm(made, { recursive: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qs-test-sign-in-'));
  users = join(folder, 'users.json');
  await copyFile(join(made, 'users.json'), users);
  engine = createFakeEngine();
  troubles.length = 0;
  const onTrouble = (sentence: string): void => void troubles.push(sentence);
  host = await createWebHost({ engine, port: 0, staticDir: '/nowhere', users, onTrouble });
  origin = `http://127.0.0.1:${host.port}`;
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

async function enter(name: string): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const socket = await openSocket(origin, String(await signInAs(origin, name)));
  return { socket, closed: new Promise((resolve) => socket.once('close', resolve)) };
}

function post(body: unknown): Promise<Response> {
  return fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

test('the page is told how it is entered, and a panel with links cannot be signed in to', async () => {
  expect(await (await fetch(`${origin}/sign-in`)).json()).toEqual({ how: 'password' });
  expect(host.link()).toBe(`${origin}/`);
  const other = await createWebHost({ engine, port: 0, staticDir: '/nowhere' });
  const elsewhere = `http://127.0.0.1:${other.port}`;
  expect(await (await fetch(`${elsewhere}/sign-in`)).json()).toEqual({ how: 'link' });
  expect(await signInAs(elsewhere, 'vera')).toBe(404);
  expect(typeof (await signIn(other.link()))).toBe('string');
  await other.close();
});

test('whoever signed in has their own role, and is the one who is named', async () => {
  const { socket } = await enter('vera');
  const client = clientOver(socket);
  expect((await client.system.hello()).user).toEqual({ name: 'vera', role: 'viewer' });
  await expect(client.operation.start({ environment: 'development', action: { verb: 'up' } })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  expect(typeof (await signInAs(origin, 'VERA'))).toBe('string');
  socket.terminate();
});

test('a wrong password and an unknown user are the same answer, and cost the same', async () => {
  const cost = async (name: string): Promise<number> => {
    const before = process.cpuUsage();
    expect(await signInAs(origin, name, 'not the password')).toBe(401);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const wrong = await cost('vera');
  const unknown = await cost('nobody');
  // Deriving a key takes tenths of a second of processor time; not doing it, a hundredth of that.
  expect(unknown).toBeGreaterThan(wrong / 4);
  expect(await (await post({ name: 'vera', password: 'x' })).text()).toBe('');
});

test.each([
  ['no JSON', 'name=vera'],
  ['no password', { name: 'vera' }],
  ['a number', { name: 'vera', password: 1 }],
  ['more than is asked for', { name: 'vera', password: testPassword, role: 'admin' }],
  ['a huge password', { name: 'vera', password: 'x'.repeat(1025) }],
])('%s: 400', async (_name, body) => {
  expect((await post(body)).status).toBe(400);
});

const changes: readonly (readonly [string, () => Promise<void>])[] = [
  ['another role', () => setRole(users, 'vera', 'operator' satisfies Role)],
  ['another password', () => setPassword(users, 'vera', 'another seven herons')],
  ['removal', () => removeUser(users, 'vera')],
];

test.each(changes)('%s ends every session of the user at once, and of nobody else', async (_name, change) => {
  const access = vi.spyOn(engine.activity, 'access');
  const vera = await enter('vera');
  const mina = await enter('mina');
  vera.socket.send(JSON.stringify({ i: '1', p: { u: '/engine/watch' } }));
  await expect.poll(() => engine.openStreams()).toBe(1);
  await change();
  expect(await vera.closed).toBe(4401);
  expect(engine.openStreams()).toBe(0);
  expect((await clientOver(mina.socket).system.hello()).user.name).toBe('mina');
  const { sessions } = clientOver(mina.socket);
  for (const { id } of await sessions.list()) await sessions.end({ id }).catch(() => undefined);
  expect(access.mock.calls.map(([{ kind, target }]) => [kind, target])).toEqual([
    ['sign-in', undefined],
    ['sign-in', undefined],
    ['revoke', 'vera'],
    ['sign-out', undefined],
  ]);
  mina.socket.terminate();
});

test('a users file that others can read lets nobody in and nobody stay, and says why', async () => {
  const mina = await enter('mina');
  await chmod(users, 0o644);
  expect(await mina.closed).toBe(4401);
  expect(await signInAs(origin, 'mina')).toBe(401);
  expect(troubles.join(' ')).toContain('chmod 600');
  await chmod(users, 0o600);
  await expect.poll(() => signInAs(origin, 'mina'), { timeout: 40_000 }).toEqual(expect.any(String));
});

test('whoever ends a session ends its socket, and it reads nothing more of what is sent', async () => {
  const vera = await enter('vera');
  const mina = clientOver((await enter('mina')).socket);
  const found = (await mina.sessions.list()).find(({ user }) => user.name === 'vera');
  expect(found).toMatchObject({ connections: 1, current: false, origin: '127.0.0.1' });
  await expect(clientOver(vera.socket).sessions.end({ id: 'nonsense' })).rejects.toMatchObject({
    code: 'SESSION_NOT_FOUND',
  });
  await mina.sessions.end({ id: found?.id ?? '' });
  vera.socket.send(JSON.stringify({ i: '9', p: { u: '/engine/watch' } }));
  expect(await vera.closed).toBe(4401);
  expect(engine.openStreams()).toBe(0);
  expect((await mina.sessions.list()).map(({ user }) => user.name)).toEqual(['mina']);
});
