import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { anyText, containing } from '../fixtures/matchers.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'quayside-home-'));
  return () => rm(home, { recursive: true, force: true });
});

type Env = Record<string, string | undefined>;
const resolve = (request: { host?: string; context?: string; env?: Env; platform?: NodeJS.Platform } = {}) =>
  resolveEndpoint({ home, platform: 'linux', env: {}, ...request });

async function put(file: string, content: unknown): Promise<void> {
  const path = file.startsWith('/') ? file : join(home, file);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
}

/** A context as `docker context create` stores it. */
async function context(
  name: string,
  docker: unknown,
  tls: Record<string, string> = {},
  dir = '.docker',
): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex');
  await put(join(dir, 'contexts', 'meta', id, 'meta.json'), { Name: name, Metadata: {}, Endpoints: { docker } });
  for (const [file, text] of Object.entries(tls)) await put(join(dir, 'contexts', 'tls', id, 'docker', file), text);
}

describe('who decides where the engine is (J.1 row 12)', () => {
  test('host, context, DOCKER_HOST, DOCKER_CONTEXT, current context: in this order', async () => {
    for (const name of ['asked', 'env', 'current']) await context(name, { Host: `unix:///run/${name}.sock` });
    await put('.docker/config.json', { currentContext: 'current' });
    const env: Env = { DOCKER_HOST: 'unix:///run/host.sock', DOCKER_CONTEXT: 'env' };
    const everything = { host: 'unix:///run/flag.sock', context: 'asked', env };
    expect(await resolve(everything)).toEqual({ url: 'unix:///run/flag.sock', source: '--host' });
    expect(await resolve({ context: 'asked', env })).toEqual({
      url: 'unix:///run/asked.sock',
      source: 'context asked',
    });
    expect(await resolve({ env })).toEqual({ url: 'unix:///run/host.sock', source: 'DOCKER_HOST' });
    expect(await resolve({ env: { DOCKER_CONTEXT: 'env' } })).toEqual({
      url: 'unix:///run/env.sock',
      source: 'context env',
    });
    expect(await resolve()).toEqual({ url: 'unix:///run/current.sock', source: 'context current' });
  });

  test('empty variables count as unset, `default` as no context', async () => {
    await put('.docker/config.json', { currentContext: 'default' });
    await put(join(home, 'run', 'docker.sock'), '');
    const env = { DOCKER_HOST: '', DOCKER_CONTEXT: '', XDG_RUNTIME_DIR: join(home, 'run') };
    expect((await resolve({ env })).source).toBe('default socket');
    expect((await resolve({ env: { ...env, DOCKER_CONTEXT: 'default' } })).source).toBe('default socket');
    expect((await resolve({ context: 'default', env: { DOCKER_HOST: 'tcp://localhost:1' } })).source).toBe(
      'DOCKER_HOST',
    );
  });

  test('DOCKER_CONFIG moves the configuration', async () => {
    const dir = join(home, 'elsewhere');
    await context('far', { Host: 'tcp://localhost:2375' }, {}, dir);
    await put(join(dir, 'config.json'), { currentContext: 'far' });
    expect(await resolve({ env: { DOCKER_CONFIG: dir } })).toEqual({
      url: 'tcp://localhost:2375',
      source: 'context far',
    });
  });

  test('without any word, the first default socket that exists, else the well-known one', async () => {
    const first = 'unix:///var/run/docker.sock';
    expect(await resolve()).toEqual({ url: first, source: 'default socket' });
    await put('.docker/run/docker.sock', '');
    await put('.docker/desktop/docker.sock', '');
    // The machine that tests may have an engine of its own at the first place.
    const expected = existsSync('/var/run/docker.sock') ? first : `unix://${join(home, '.docker/run/docker.sock')}`;
    expect((await resolve()).url).toBe(expected);
    expect((await resolve({ platform: 'win32' })).url).toBe('npipe:////./pipe/docker_engine');
  });
});

describe('DOCKER_API_VERSION', () => {
  const at = (version: string) => resolve({ host: 'tcp://localhost:1', env: { DOCKER_API_VERSION: version } });

  test('is part of the endpoint, as the docker command line reads it', async () => {
    expect(await at('1.43')).toEqual({ url: 'tcp://localhost:1', source: '--host', apiVersion: '1.43' });
    expect(await at('')).toEqual({ url: 'tcp://localhost:1', source: '--host' });
  });

  test.each(['v1.43', 'newest', '1.40'])('%s cannot be used, which is said with a remedy', async (version) => {
    await expect(at(version)).rejects.toMatchObject({
      code: 'ENGINE_ENDPOINT',
      message: containing('from DOCKER_API_VERSION'),
      remedy: anyText,
    });
  });
});

describe('TLS', () => {
  const files = { 'ca.pem': 'CA', 'cert.pem': 'CERT', 'key.pem': 'KEY' };
  const material = { ca: 'CA', cert: 'CERT', key: 'KEY' };

  test('material of a context', async () => {
    await context('far', { Host: 'tcp://far:2376' }, files);
    expect(await resolve({ context: 'far' })).toMatchObject({
      url: 'tcp://far:2376',
      tls: { ...material, verify: true },
    });
    await context('lax', { Host: 'tcp://lax:2376', SkipTLSVerify: true });
    expect((await resolve({ context: 'lax' })).tls).toEqual({ verify: false });
    await context('plain', { Host: 'tcp://localhost:2375', SkipTLSVerify: false });
    expect(await resolve({ context: 'plain' })).not.toHaveProperty('tls');
  });

  test('material named by the environment', async () => {
    for (const [file, text] of Object.entries(files)) await put(join('certs', file), text);
    const env = { DOCKER_HOST: 'tcp://far', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: join(home, 'certs') };
    expect(await resolve({ env })).toMatchObject({ url: 'tcp://far', tls: { ...material, verify: true } });
    await expect(resolve({ env: { ...env, DOCKER_TLS_VERIFY: '' } })).rejects.toMatchObject({
      code: 'ENGINE_ENDPOINT',
    });
    expect(await resolve({ env: { ...env, DOCKER_HOST: 'unix:///run/a.sock' } })).not.toHaveProperty('tls');
    expect((await resolve({ env: {}, host: 'https://far:8443' })).tls).toEqual({ verify: true });
  });

  test('half of it is named as such', async () => {
    const env = { DOCKER_HOST: 'tcp://far', DOCKER_TLS_VERIFY: '1' };
    await expect(resolve({ env })).rejects.toMatchObject({
      code: 'ENGINE_ENDPOINT',
      message: containing('ca.pem'),
    });
    await put('.docker/cert.pem', 'CERT');
    await expect(resolve({ env })).rejects.toMatchObject({ message: containing('key.pem') });
  });
});

describe('addresses', () => {
  test.each([
    ['unix:///run/a.sock', 'unix:///run/a.sock'],
    ['unix://', 'unix:///var/run/docker.sock'],
    ['tcp://localhost:2375', 'tcp://localhost:2375'],
    ['localhost:2375', 'tcp://localhost:2375'],
    [' tcp://localhost:80/base/ ', 'tcp://localhost:80/base'],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375'],
    ['http://localhost', 'tcp://localhost'],
  ])('%s', async (host, url) => {
    expect((await resolve({ host })).url).toBe(url);
  });

  test.each([
    '',
    ' ',
    'unix://relative.sock',
    `unix:///${'x'.repeat(120)}`,
    'tcp://',
    'tcp://far:99999',
    'tcp://user:pw@far:1',
    'npipe:////./pipe/x',
    'fd://3',
    'tcp://a b',
  ])('bad: "%s" is ENGINE_ENDPOINT with origin and remedy', async (host) => {
    await expect(resolve({ host })).rejects.toMatchObject({
      code: 'ENGINE_ENDPOINT',
      message: containing('--host'),
      remedy: anyText,
    });
  });

  test('a Windows pipe on Windows', async () => {
    const platform = 'win32';
    expect((await resolve({ host: 'npipe:////./pipe/x', platform })).url).toBe('npipe:////./pipe/x');
    expect((await resolve({ host: 'npipe://\\\\.\\pipe\\x', platform })).url).toBe('npipe:////./pipe/x');
    await expect(resolve({ host: 'npipe://x', platform })).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT' });
  });

  test.each(['tcp://far:2375', 'http://far', 'tcp://10.0.0.1:2375'])(
    'over the network without TLS: %s is refused',
    async (host) => {
      await expect(resolve({ host })).rejects.toMatchObject({
        code: 'ENGINE_ENDPOINT',
        message: containing('without TLS'),
        remedy: containing('ssh://'),
      });
    },
  );

  test.each([
    ['ssh://me@far:2222', 'ssh://me@far:2222'],
    ['ssh://far', 'ssh://far'],
    ['ssh://me@far/run/user/1000/docker.sock', 'ssh://me@far/run/user/1000/docker.sock'],
  ])('a machine by ssh: %s', async (host, url) => {
    expect(await resolve({ env: { DOCKER_HOST: host } })).toMatchObject({ url, source: 'DOCKER_HOST' });
  });

  test.each([
    'ssh://-oProxyCommand=x',
    'ssh://-l@far',
    'ssh://me:secret@far',
    'ssh://',
    'ssh://far?x',
    'ssh://me@fa r',
  ])('nothing that ssh would take for an option, and no password: %s', async (host) => {
    await expect(resolve({ host })).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT', message: containing('--host') });
  });
});

describe('bad configuration', () => {
  test('an unknown context, with those that there are', async () => {
    await context('staging', { Host: 'tcp://far:1' });
    await put('.docker/contexts/meta/broken/meta.json', '{');
    await expect(resolve({ context: 'nope' })).rejects.toMatchObject({
      code: 'ENGINE_ENDPOINT',
      message: containing('"nope"'),
      remedy: containing('staging'),
    });
    await expect(resolve({ context: '' })).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT' });
  });

  test.each([
    ['config.json', '.docker/config.json', '{'],
    ['config.json', '.docker/config.json', '{"currentContext": 1}'],
  ])('a broken %s is named', async (name, file, text) => {
    await put(file, text);
    await expect(resolve()).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT', message: containing(name) });
  });

  test('a context without engine, and one with a bad address', async () => {
    await context('empty', undefined);
    await expect(resolve({ context: 'empty' })).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT' });
    await context('odd', { Host: 'ftp://far' });
    await expect(resolve({ context: 'odd' })).rejects.toMatchObject({
      code: 'ENGINE_ENDPOINT',
      message: containing('context odd'),
    });
  });

  test('a file that cannot be read', async () => {
    await mkdir(join(home, '.docker', 'config.json'), { recursive: true });
    onTestFinished(() => rm(join(home, '.docker'), { recursive: true, force: true }));
    await expect(resolve()).rejects.toMatchObject({
      code: 'ENGINE_ENDPOINT',
      message: containing('config.json'),
    });
  });
});
