import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { QuaysideError, registryDomain, registryLoginRequest } from '#contract/index.ts';
import { connect, type DockerGateway } from './docker/index.ts';
import { createRegistryCalls } from './registry-logins.ts';
import { createSessionLogins } from './session-logins.ts';

const login = { username: 'mina', password: 'a-token-of-the-shop' };
const inBase64 = Buffer.from('docker:docker-password').toString('base64');
const endpoint = { url: 'unix:///nonexistent/docker.sock', source: 'test' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qs-test-logins-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The calls over a docker configuration; the engine accepts every login, or fails with this. */
async function callsOver(config: unknown, failure?: Error, more: Record<string, string> = {}) {
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const env = {
    DOCKER_CONFIG: folder,
    HOME: folder,
    PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    ...more,
  };
  const logins = createSessionLogins();
  const real = connect(endpoint, { env, logins });
  const checkLogin = vi.fn(() => (failure === undefined ? Promise.resolve() : Promise.reject(failure)));
  const gateway: DockerGateway = { ...real, images: { ...real.images, checkLogin } };
  const noted: string[] = [];
  const note = vi.fn((_engine: string, summary: string) => {
    noted.push(summary);
    return Promise.resolve();
  });
  const calls = createRegistryCalls({ keeper: logins, gateway: () => Promise.resolve(gateway), note });
  return { calls, gateway, checkLogin, note, noted };
}

test('logins are told of with where they come from, the one that is used, and without any secret', async () => {
  const helper = join(folder, 'docker-credential-stub');
  await writeFile(helper, '#!/bin/sh\nexit 1\n');
  await chmod(helper, 0o755);
  const { calls } = await callsOver(
    {
      auths: {
        'https://index.docker.io/v1/': { auth: inBase64 },
        'file.example': { auth: inBase64 },
        'both.example': { auth: inBase64 },
        'empty.example': {},
      },
      credHelpers: { 'helped.example:5000': 'stub' },
    },
    undefined,
    { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'both.example': { auth: inBase64 } } }) },
  );
  const told = await calls.logins();
  expect(told.logins).toEqual([
    { domain: 'both.example', source: 'environment' },
    { domain: 'docker.io', source: 'file' },
    { domain: 'file.example', source: 'file' },
    { domain: 'helped.example:5000', source: 'helper', helper: 'stub' },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/docker-password|ZG9ja2Vy/);
  expect(told.keeping).toMatchObject({ lasts: 'session', why: expect.any(String) as string });
});

test('a store takes the place of the file; that it does not answer is said', async () => {
  const { calls } = await callsOver({ auths: { 'a.example': { auth: inBase64 } }, credsStore: 'gone-for-good' });
  const told = await calls.logins();
  expect(told.logins).toEqual([]);
  expect(told.problem).toContain('docker-credential-gone-for-good cannot be started');
});

test('a login is checked, kept, and wins over the one of docker; after signing out, that one holds again', async () => {
  const { calls, gateway, checkLogin, noted } = await callsOver({ auths: { 'a.example': { auth: inBase64 } } });
  const told = await calls.login({ domain: 'A.example', ...login });
  expect(checkLogin).toHaveBeenCalledWith('a.example', login);
  expect(told.logins).toEqual([{ domain: 'a.example', source: 'quayside' }]);
  expect(JSON.stringify(told)).not.toContain(login.password);
  expect((await gateway.images.login('a.example')).auth).toEqual({ ...login, serveraddress: 'a.example' });
  expect((await calls.logout('a.example')).logins).toEqual([{ domain: 'a.example', source: 'file' }]);
  expect((await gateway.images.login('a.example')).auth).toMatchObject({ username: 'docker' });
  expect(noted).toEqual(['Signed in to a.example as mina', 'Signed out of a.example']);
});

test('what cannot be written down is not done', async () => {
  const { calls, note } = await callsOver({});
  await calls.login({ domain: 'b.example', ...login });
  note.mockRejectedValue(new Error('no space left'));
  await expect(calls.login({ domain: 'a.example', ...login })).rejects.toThrow('no space left');
  await expect(calls.logout('b.example')).rejects.toThrow('no space left');
  expect((await calls.logins()).logins).toEqual([{ domain: 'b.example', source: 'quayside' }]);
});

test.each(['docker.io', 'index.docker.io', 'registry-1.docker.io'])('%s is Docker Hub', async (domain) => {
  const { calls, gateway } = await callsOver({});
  expect((await calls.login({ domain, ...login })).logins).toEqual([{ domain: 'docker.io', source: 'quayside' }]);
  for (const name of ['docker.io', 'index.docker.io'])
    expect((await gateway.images.login(name)).auth?.serveraddress).toBe('https://index.docker.io/v1/');
});

test('what the registry does not accept is not kept', async () => {
  const { calls, gateway, noted } = await callsOver(
    {},
    new QuaysideError('REGISTRY_LOGIN', 'a.example does not accept this.'),
  );
  await expect(calls.login({ domain: 'a.example', ...login })).rejects.toMatchObject({ code: 'REGISTRY_LOGIN' });
  expect((await calls.logins()).logins).toEqual([]);
  expect(noted).toEqual([]);
  expect((await gateway.images.login('a.example')).auth).toBeUndefined();
});

test("docker's own logins cannot be ended from here", async () => {
  const { calls } = await callsOver({ auths: { 'a.example': { auth: inBase64 } } });
  await expect(calls.logout('a.example')).rejects.toMatchObject({
    code: 'REGISTRY_LOGIN',
    remedy: expect.stringContaining('docker logout a.example') as string,
  });
});

test('a kept login that cannot be read is a problem only where there is no other', async () => {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { 'a.example': { auth: inBase64 } } }));
  const logins = { ...createSessionLogins(), find: () => Promise.reject(new Error('the keychain is locked')) };
  const { images } = connect(endpoint, { env: { DOCKER_CONFIG: folder }, logins });
  expect((await images.login('a.example')).auth).toMatchObject({ username: 'docker' });
  expect(await images.login('b.example')).toEqual({ problem: 'the keychain is locked' });
});

test.each(['ghcr.io', 'localhost:5000', 'Registry.Example', '[::1]:5000', '127.0.0.1:5000', 'a'])(
  '%s names a registry',
  (domain) => {
    expect(registryDomain.safeParse(domain).success).toBe(true);
  },
);

test.each([
  '',
  'https://ghcr.io',
  'ghcr.io/owner',
  'a b',
  'a:b',
  '-a',
  'a\n',
  'mina@ghcr.io',
  'a'.repeat(256),
  '__proto__/x',
])('%j names none', (domain) => {
  expect(registryDomain.safeParse(domain).success).toBe(false);
});

test.each(['', 'mina:x', 'mi\nna', 'a'.repeat(256)])('%j is no user name', (username) => {
  expect(registryLoginRequest.safeParse({ domain: 'ghcr.io', password: 'p', username }).success).toBe(false);
});

test('an input that is refused does not carry its password on', () => {
  const { error } = registryLoginRequest.safeParse({ domain: 'a b', username: 'mina', password: login.password });
  expect(JSON.stringify(error)).not.toContain(login.password);
});
