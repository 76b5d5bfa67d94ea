import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../build/fixtures/folder.ts';
import { findCredentials } from './auth.ts';
import { encodeRegistryAuth } from './auth-header.ts';

const HUB = 'https://index.docker.io/v1/';
const login = (user: string, password: string) => ({ auth: Buffer.from(`${user}:${password}`).toString('base64') });

/** An environment whose Docker configuration is this. */
async function configured(config: unknown, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  const folder = await folderWith({ 'config.json': text });
  return { DOCKER_CONFIG: folder, HOME: folder, PATH: process.env['PATH'] ?? '', ...more };
}

/** The same with a credential helper `docker-credential-stub` that runs this shell script. */
async function withHelper(script: string, config: unknown = { credsStore: 'stub' }) {
  const env = await configured(config);
  const folder = await folderWith({});
  const file = join(folder, 'docker-credential-stub');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { ...env, PATH: `${folder}${delimiter}${env['PATH'] ?? ''}` };
}

describe('saved logins', () => {
  test('are found by host, whatever scheme or path the key carries', async () => {
    const env = await configured({
      auths: {
        'https://old.example/v2/': login('old', 'p:w'),
        'plain.example:5000': { username: 'u', password: 'p' },
        [HUB]: login('hub', 'p'),
        'token.example': { auth: 'AAAA', identitytoken: 'it' },
        'empty.example': {},
      },
    });
    const of = async (domain: string) => (await findCredentials(domain, { env })).auth;
    expect(await of('old.example')).toEqual({ username: 'old', password: 'p:w', serveraddress: 'old.example' });
    expect(await of('plain.example:5000')).toEqual({
      username: 'u',
      password: 'p',
      serveraddress: 'plain.example:5000',
    });
    expect(await of('plain.example')).toBeUndefined();
    expect(await of('token.example')).toEqual({ identitytoken: 'it', serveraddress: 'token.example' });
    expect(await of('empty.example')).toBeUndefined();
    for (const hub of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
      expect(await of(hub)).toEqual({ username: 'hub', password: 'p', serveraddress: HUB });
    }
  });

  test('of DOCKER_AUTH_CONFIG win over the file', async () => {
    const auths = (user: string) => ({ auths: { 'a.example': login(user, 'p') } });
    const env = await configured(auths('file'), { DOCKER_AUTH_CONFIG: JSON.stringify(auths('environment')) });
    expect((await findCredentials('a.example', { env })).auth).toMatchObject({ username: 'environment' });
    const broken = await configured(auths('file'), { DOCKER_AUTH_CONFIG: '{' });
    expect((await findCredentials('a.example', { env: broken })).auth).toMatchObject({ username: 'file' });
  });

  test('are none where there is no file, and a broken file is named without its content', async () => {
    const empty = await folderWith({});
    expect(await findCredentials('a.example', { env: { DOCKER_CONFIG: empty } })).toEqual({});
    const env = await configured('{"auths":{"a.example":{"auth":"c2VjcmV0"');
    const found = await findCredentials('a.example', { env });
    expect(found.problem).toContain('config.json cannot be read');
    expect(found.problem).not.toContain('c2VjcmV0');
  });
});

describe('a credential helper', () => {
  test('is told the key on its input and gives a login or a token', async () => {
    const env = await withHelper(`[ "$1" = get ] && printf '{"ServerURL":"x","Username":"u","Secret":"%s"}' "$(cat)"`);
    expect((await findCredentials('docker.io', { env })).auth).toEqual({
      username: 'u',
      password: HUB,
      serveraddress: HUB,
    });
    const token = await withHelper(`echo '{"Username":"<token>","Secret":"t"}'`);
    expect((await findCredentials('a.example', { env: token })).auth).toEqual({
      identitytoken: 't',
      serveraddress: 'a.example',
    });
  });

  test('of one registry wins over the general one, and the file is not asked', async () => {
    const config = {
      credHelpers: { 'a.example': 'stub' },
      credsStore: 'none',
      auths: { 'b.example': login('u', 'p') },
    };
    const env = await withHelper(`echo '{"Username":"own","Secret":"s"}'`, config);
    expect((await findCredentials('a.example', { env })).auth).toMatchObject({ username: 'own' });
    expect(await findCredentials('b.example', { env })).toEqual({
      problem: 'docker-credential-none cannot be started',
    });
  });

  test('that knows nothing leaves the pull anonymous', async () => {
    const env = await withHelper(`echo 'credentials not found in native keychain'; exit 1`);
    expect(await findCredentials('a.example', { env })).toEqual({});
  });

  test.each([
    ['fails', 'echo top-secret; exit 3', /exit code 3/],
    ['prints something else', 'echo top-secret', /cannot be understood/],
    ['hangs', 'exec sleep 60', /did not answer within 0.3 s/],
  ])('that %s is named, and nothing it printed', async (_name, script, problem) => {
    const env = await withHelper(script);
    const found = await findCredentials('a.example', { env, deadlineMs: 300 });
    expect(found.problem).toMatch(problem);
    expect(JSON.stringify(found)).not.toContain('top-secret');
  });

  test('whose name is a path is not started', async () => {
    const env = await configured({ credsStore: '/../../tmp/x' });
    expect((await findCredentials('a.example', { env })).problem).toContain('is not the name of a program');
  });
});

test('the header is base64url with its padding', () => {
  for (const password of ['', 'x', 'xy', 'xyz', 'ÿþ??>>']) {
    const auth = { username: 'u', password, serveraddress: 's' };
    const header = encodeRegistryAuth(auth);
    expect(header).toMatch(/^[A-Za-z0-9_-]+={0,2}$/);
    expect(header.length % 4).toBe(0);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual(auth);
  }
});
