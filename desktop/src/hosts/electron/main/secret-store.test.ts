import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DoubleKeychain, safeStorageOf } from '#testing/electron-double/safe-storage.ts';
import { createSecretStore, type Keychain, type SecretStore } from './secret-store.ts';

const secret = 'a-token-of-the-shop';
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qs-test-secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A store on the double's safeStorage, which throws for every call that is not here, the synchronous ones among them. */
function storeOn(desktop: Partial<DoubleKeychain> = {}, platform: NodeJS.Platform = 'linux'): SecretStore {
  const keychain: Keychain = safeStorageOf({
    backend: 'gnome_libsecret',
    isOpen: true,
    isReady: () => true,
    ...desktop,
  });
  return createSecretStore({ file, keychain, platform });
}

const written = (): Promise<string> => readFile(file, 'utf8');

test.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])(
  'with %s a secret outlives the app',
  async (backend) => {
    const store = storeOn({ backend });
    expect(await store.keeping()).toEqual({ lasts: 'system' });
    await store.set('registry:ghcr.io', secret);
    const next = storeOn({ backend });
    expect(await next.names()).toEqual(['registry:ghcr.io']);
    expect(await next.get('registry:ghcr.io')).toBe(secret);
    expect(await next.get('registry:docker.io')).toBeUndefined();
  },
);

test('the file is for this account alone, says its version, and holds no secret', async () => {
  await storeOn().set('registry:ghcr.io', secret);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await written())).toMatchObject({ version: 1 });
  expect(await written()).not.toContain(secret);
  expect(await written()).not.toContain(Buffer.from(secret).toString('base64'));
  expect(await readdir(folder)).toEqual(['secrets.json']);
});

test.each([
  ['a password that everybody knows', { backend: 'basic_text' }, 'linux'],
  ['a back end that cannot be told', { backend: 'unknown' }, 'linux'],
  ['one that is not known', { backend: 'portal' }, 'linux'],
  ['none at all', { backend: '' }, 'linux'],
  ['one that is locked', { isOpen: false }, 'linux'],
  ['a locked keychain of macOS', { isOpen: false }, 'darwin'],
  ['Windows that cannot encrypt', { isOpen: false }, 'win32'],
] as const)(
  '%s: nothing is written, the secret lasts until the app ends, and that is said',
  async (_what, desktop, platform) => {
    const store = storeOn(desktop, platform);
    await store.set('registry:ghcr.io', secret);
    expect(await readdir(folder)).toEqual([]);
    expect(await store.keeping()).toEqual({ lasts: 'session', why: expect.stringMatching(/keychain/) as string });
    expect(await store.get('registry:ghcr.io')).toBe(secret);
    expect(await store.names()).toEqual(['registry:ghcr.io']);
    expect(await storeOn(desktop, platform).names()).toEqual([]);
  },
);

test.each(['darwin', 'win32'] as const)('on %s nobody asks for a back end, which only Linux has', async (platform) => {
  const keychain: Keychain = safeStorageOf({ backend: '', isOpen: true, isReady: () => true });
  const asked = vi.fn(() => 'basic_text');
  const watched: Keychain = {
    getSelectedStorageBackend: asked,
    isAsyncEncryptionAvailable: () => keychain.isAsyncEncryptionAvailable(),
    encryptStringAsync: (text) => keychain.encryptStringAsync(text),
    decryptStringAsync: (bytes) => keychain.decryptStringAsync(bytes),
  };
  const store = createSecretStore({ file, keychain: watched, platform });
  await store.set('a', secret);
  expect(await store.keeping()).toEqual({ lasts: 'system' });
  expect(asked).not.toHaveBeenCalled();
});

test('before the app is ready nothing is written', async () => {
  const store = storeOn({ isReady: () => false });
  await store.set('a', secret);
  expect(await readdir(folder)).toEqual([]);
  expect(await store.keeping()).toMatchObject({ lasts: 'session' });
});

test('where encrypting fails, the secret is kept in memory and that is said', async () => {
  const keychain: Keychain = {
    getSelectedStorageBackend: () => 'gnome_libsecret',
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: () => Promise.reject(new Error('the user said no')),
    decryptStringAsync: () => Promise.reject(new Error('unused')),
  };
  const store = createSecretStore({ file, keychain, platform: 'linux' });
  await store.set('a', secret);
  expect(await store.get('a')).toBe(secret);
  expect(await store.keeping()).toMatchObject({
    lasts: 'session',
    why: expect.stringContaining('encrypted') as string,
  });
  expect(await readdir(folder)).toEqual([]);
});

test('what another keychain encrypted is said to be unreadable, and stays', async () => {
  await writeFile(
    file,
    JSON.stringify({ version: 1, secrets: { a: Buffer.from('v11 of another').toString('base64') } }),
  );
  const before = await written();
  await expect(storeOn().get('a')).rejects.toThrow(/cannot be read: another account/);
  expect(await written()).toBe(before);
  await storeOn().set('a', secret);
  expect(await storeOn().get('a')).toBe(secret);
});

test('a locked keychain does not forget: the secret is there again when it is open', async () => {
  await storeOn().set('a', secret);
  await expect(storeOn({ isOpen: false }).get('a')).rejects.toThrow(/keychain cannot be used now/);
  expect(await storeOn().get('a')).toBe(secret);
});

test.each(['not json', '{"version":2,"secrets":{}}', '{"version":1,"secrets":{"a":5}}'])(
  'a file that is not understood (%s) is kept aside',
  async (text) => {
    await writeFile(file, text);
    const store = storeOn();
    expect(await store.names()).toEqual([]);
    await store.set('a', secret);
    const [aside] = (await readdir(folder)).filter((name) => name.includes('corrupt'));
    expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(text);
    expect(await store.get('a')).toBe(secret);
  },
);

test('what is deleted is gone from memory and from the file, also while the keychain is locked', async () => {
  await storeOn().set('a', secret);
  const locked = storeOn({ isOpen: false });
  await locked.set('b', secret);
  expect(await locked.delete('a')).toBe(true);
  expect(await locked.delete('b')).toBe(true);
  expect(await locked.delete('b')).toBe(false);
  expect(await locked.names()).toEqual([]);
  expect(await storeOn().names()).toEqual([]);
});

test('secrets that are set at once all get there', async () => {
  const store = storeOn();
  const names = Array.from({ length: 20 }, (_, index) => `registry:r${index}`);
  await Promise.all(names.map((name) => store.set(name, `${secret} ${name}`)));
  const next = storeOn();
  expect((await next.names()).toSorted()).toEqual(names.toSorted());
  for (const name of names) expect(await next.get(name)).toBe(`${secret} ${name}`);
});

test('a secret of an old key is encrypted anew', async () => {
  const encrypted = vi.fn((text: string) => Promise.resolve(Buffer.from(`new ${text}`)));
  const keychain: Keychain = {
    getSelectedStorageBackend: () => 'kwallet6',
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: encrypted,
    decryptStringAsync: () => Promise.resolve({ result: secret, shouldReEncrypt: true }),
  };
  await writeFile(file, JSON.stringify({ version: 1, secrets: { a: 'b2xk' } }));
  expect(await createSecretStore({ file, keychain, platform: 'linux' }).get('a')).toBe(secret);
  expect(encrypted).toHaveBeenCalledWith(secret);
  expect(JSON.parse(await written())).toMatchObject({
    secrets: { a: Buffer.from(`new ${secret}`).toString('base64') },
  });
});
