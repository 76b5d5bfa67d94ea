import { afterEach, expect, test, vi } from 'vitest';
import { servePanel } from '#testing/panel-dev/server.ts';
import { Connection, pauseBefore } from './connection.ts';
import { createSession } from './session.ts';
import { webSocketWire } from './web-socket.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** `instead`: what is answered to requests in the place of the host. */
async function connected(scene: string, instead: () => Response | undefined = () => undefined) {
  const server = await servePanel('nowhere', 0);
  const origin = `http://127.0.0.1:${server.port}`;
  const stored = new Map<string, string>();
  const session = createSession({
    location: { hash: `#t=${scene}`, pathname: '/', search: '' },
    history: { replaceState: () => undefined },
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    fetch: (url, init) => Promise.resolve(instead() ?? fetch(origin + url, init)),
  });
  const connection = new Connection(webSocketWire(session, origin));
  open.push(
    {
      close: () => {
        connection.dispose();
      },
    },
    server,
  );
  return { connection, server, stored };
}

test('calls, streams and a lost transport that comes back', async () => {
  const { connection, server } = await connected('healthy');
  const seen: string[] = [];
  connection.subscribe(({ status }) => seen.push(status));
  await connection.connected(AbortSignal.timeout(5_000));
  expect((await connection.client.project.get()).name).toBe('shop-assistant');
  const states = await connection.client.stack.watch({ environment: 'development' });
  expect((await states.next()).value).toMatchObject({ condition: 'healthy' });

  server.drop();
  await vi.waitFor(() => {
    expect(seen).toContain('reconnecting');
  });
  await expect(connection.client.project.get()).rejects.toThrow();
  await vi.waitFor(() => {
    expect(connection.state().status).toBe('connected');
  }, 5_000);
  expect((await connection.client.project.get()).name).toBe('shop-assistant');
  expect(seen).toEqual(['connected', 'reconnecting', 'connected']);
});

test('a session that the host does not know any more ends in signed-out', async () => {
  const { connection, server, stored } = await connected('healthy');
  await connection.connected(AbortSignal.timeout(5_000));
  stored.set('quayside.session', 'unheard-of');
  server.drop();
  await vi.waitFor(() => {
    expect(connection.state().status).toBe('signed-out');
  }, 5_000);
  await expect(connection.connected(AbortSignal.timeout(50))).rejects.toThrow('Stopped.');
});

test('while the host has no room its words are told, until it is silent or there is some', async () => {
  const full = () => Response.json({ message: 'All are taken.', remedy: 'Wait.' }, { status: 503 });
  const answers = [full, full, () => new Response('', { status: 502 })];
  const { connection } = await connected('healthy', () => answers.shift()?.());
  const told: (string | undefined)[] = [];
  connection.subscribe((state) => told.push(state.told));
  await connection.connected(AbortSignal.timeout(10_000));
  expect(told).toEqual(['All are taken. Wait.', undefined, undefined]);
});

test('an answer that says no is a problem; a broken transport is none', async () => {
  const { connection } = await connected('healthy');
  await connection.connected(AbortSignal.timeout(5_000));
  const bad: unknown = await connection.client.logs
    .read({ environment: 'development', limit: 0 })
    .catch((error: unknown) => error);
  expect(connection.refusal(bad)).toMatchObject({ code: 'INTERNAL' });
  expect(connection.refusal(new Error('gone'))).toBeUndefined();
});

test('pauses grow to five seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map(pauseBefore)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
});
