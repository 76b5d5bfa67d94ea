import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { safeStorageOf } from '#testing/electron-double/safe-storage.ts';
import { answerSecret } from '../main/answer-secrets.ts';
import { createSecretStore, type SecretStore } from '../main/secret-store.ts';
import { createKeychainLogins, type MainPort } from './keychain-logins.ts';

const login = { username: 'mina', password: 'a-token-of-the-shop' };
let folder: string;
const channels: MessageChannel[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qs-test-keychain-'));
});
afterEach(async () => {
  vi.useRealTimers();
  for (const { port1 } of channels.splice(0)) port1.close();
  await rm(folder, { recursive: true });
});

function store(backend = 'gnome_libsecret'): SecretStore {
  const keychain = safeStorageOf({ backend, isOpen: true, isReady: () => true });
  return createSecretStore({ file: join(folder, 'secrets.json'), keychain, platform: 'linux' });
}

/** The keeper of an engine process, with a main process on the other side that answers from `secrets`. */
function keeper(secrets: SecretStore) {
  const channel = new MessageChannel();
  channels.push(channel);
  const { port1, port2 } = channel;
  port2.on('message', (message) => {
    void answerSecret(secrets, message).then((answer) => {
      if (answer !== undefined) port2.postMessage(answer);
    });
  });
  return createKeychainLogins({
    on: (_event, listener) =>
      port1.on('message', (data) => {
        listener({ data });
      }),
    postMessage: (message) => {
      port1.postMessage(message);
    },
  });
}

test('a login goes through the main process into the file, encrypted, and comes back after a restart', async () => {
  const first = keeper(store());
  expect(await first.keeping()).toEqual({ lasts: 'system' });
  await first.keep('ghcr.io', login);
  const text = await readFile(join(folder, 'secrets.json'), 'utf8');
  expect(text).toContain('registry:ghcr.io');
  expect(text).not.toContain(login.password);
  const next = keeper(store());
  expect(await next.domains()).toEqual(['ghcr.io']);
  expect(await next.find('ghcr.io')).toEqual(login);
  expect(await next.find('docker.io')).toBeUndefined();
  expect(await next.forget('ghcr.io')).toBe(true);
  expect(await next.forget('ghcr.io')).toBe(false);
  expect(await next.domains()).toEqual([]);
});

test('without a keychain it lasts for the session, beyond a crash of the engine process, and says so', async () => {
  const secrets = store('basic_text');
  await keeper(secrets).keep('ghcr.io', login);
  const afterCrash = keeper(secrets);
  expect(await afterCrash.find('ghcr.io')).toEqual(login);
  expect(await afterCrash.keeping()).toMatchObject({ lasts: 'session' });
  expect(await keeper(store('basic_text')).domains()).toEqual([]);
});

test('secrets that are no logins are left alone', async () => {
  const secrets = store();
  await secrets.set('other', 'x');
  expect(await keeper(secrets).domains()).toEqual([]);
});

test('why a login cannot be read comes through, without what it is', async () => {
  const secrets: SecretStore = { ...store(), get: () => Promise.reject(new Error('It is locked.')) };
  await expect(keeper(secrets).find('ghcr.io')).rejects.toThrow('It is locked.');
});

test.each(['a-token-of-the-shop', '{"username":"mina"}'])('what is no login (%s) is not repeated', async (text) => {
  const secrets = store();
  await secrets.set('registry:ghcr.io', text);
  await expect(keeper(secrets).find('ghcr.io')).rejects.toThrow(/^what is kept is no login$/);
});

test('a main process that does not answer is not waited for without end', async () => {
  vi.useFakeTimers();
  const silent: MainPort = { on: () => undefined, postMessage: () => undefined };
  const asked = createKeychainLogins(silent).find('ghcr.io');
  const told = expect(asked).rejects.toThrow(/did not answer within a minute/);
  await vi.advanceTimersByTimeAsync(60_000);
  await told;
});

test('messages of another shape, and answers to nobody, are not for it', async () => {
  const listeners: ((event: { data: unknown }) => void)[] = [];
  const sent: unknown[] = [];
  const logins = createKeychainLogins({
    on: (_event, listener) => listeners.push(listener),
    postMessage: (message) => sent.push(message),
  });
  const tell = (data: unknown): void => {
    for (const listener of listeners) listener({ data });
  };
  const asked = logins.domains();
  for (const stray of ['connect', null, 7, { kind: 'secret', id: 99, value: ['registry:evil'] }, { id: 1, value: [] }])
    tell(stray);
  tell({ kind: 'secret', id: 1, value: ['registry:ghcr.io'] });
  expect(await asked).toEqual(['ghcr.io']);
  const wrong = logins.keeping();
  tell({ kind: 'secret', id: 2, value: { lasts: 'for ever' } });
  await expect(wrong).rejects.toThrow();
});

test.each([
  'stop',
  undefined,
  { kind: 'secret' },
  { kind: 'secret', id: 1, ask: { call: 'dump' } },
  { kind: 'secret', id: 1, ask: { call: 'get' } },
  { kind: 'secret', id: 1, ask: { call: 'set', name: 'a', secret: 5 } },
  { kind: 'secret', id: 1, ask: { call: 'get', name: 'x'.repeat(301) } },
  { kind: 'other', id: 1, ask: { call: 'names' } },
])('the main process answers nothing to %j', async (message) => {
  expect(await answerSecret(store(), message)).toBeUndefined();
});
