import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CutProxy, startCutProxy } from '#testing/cut-proxy.ts';
import { startFaultRegistry, wantTokens } from '#testing/registry/fault-registry.ts';
import { type LocalRegistry, registryLogin, startLocalRegistry } from '#testing/registry/local-registry.ts';
import { configWithLogin, pushImage } from '#testing/registry/push-image.ts';
import { connect } from '../../connect.ts';
import type { BuildEvent, BuildRequest, Endpoint } from '../../types.ts';
import { folderWith, type Tree } from '../fixtures/folder.ts';
import { containing } from '../fixtures/like.ts';
import { docker, provided, removeImageLater } from '../fixtures/real-engine.ts';
import { ofType, requestFor } from '../fixtures/request.ts';

const BASE = 'qs-test-debian:bookworm';
const salt = (): string => randomBytes(8).toString('hex');

interface Surroundings {
  /** Content of the docker configuration; none = an empty one. */
  readonly config?: string;
  readonly url?: string;
  readonly tls?: NonNullable<Endpoint['tls']>;
}

/** Builds with a gateway and a docker configuration of its own; the image goes when the test ends. */
async function build(tree: Tree, more: Partial<BuildRequest> = {}, around: Surroundings = {}): Promise<BuildEvent[]> {
  const config = await folderWith({ 'config.json': around.config ?? '{}' });
  const env = { ...process.env, DOCKER_CONFIG: config };
  const { url = provided('DOCKER_HOST'), tls } = around;
  const gateway = connect({ url, source: 'test', ...(tls ? { tls } : {}) }, { env });
  onTestFinished(() => {
    gateway.dispose();
  });
  const all: BuildEvent[] = [];
  for await (const event of gateway.images.build(requestFor(await folderWith(tree), more))) all.push(event);
  for (const { id } of ofType(all, 'image')) removeImageLater(id);
  return all;
}

const output = (events: readonly BuildEvent[]): string[] => ofType(events, 'log').map(({ text }) => text);

describe('secrets', () => {
  test('come from a file and from a text, and stay out of the image', async () => {
    const secret = salt();
    const folder = await folderWith({ token: `${secret}\nsecond line` });
    const dockerfile = `FROM ${BASE}\nRUN --mount=type=secret,id=f --mount=type=secret,id=v,target=/v wc -c /run/secrets/f && cat /v # ${salt()}\n`;
    const secrets = [
      { id: 'f', file: join(folder, 'token') },
      { id: 'v', value: 'ünïcode' },
    ];
    const events = await build({ Dockerfile: dockerfile }, { secrets });
    expect(output(events)).toEqual([`${secret.length + 12} /run/secrets/f`, 'ünïcode']);
    const [image] = ofType(events, 'image');
    const history = await docker('history', '--no-trunc', image?.id ?? '');
    expect(history).not.toContain(secret);
  });

  test('that are needed only after a long step are still there', async () => {
    // Engines drop a session that does not answer their health checks: after a few seconds.
    const dockerfile = `FROM ${BASE}\nRUN sleep 16 # ${salt()}\nRUN --mount=type=secret,id=late,required cat /run/secrets/late # ${salt()}\n`;
    const secrets = [{ id: 'late', value: 'in time' }];
    expect(output(await build({ Dockerfile: dockerfile }, { secrets }))).toEqual(['in time']);
  });

  test('that nobody offers are missed only where they are required', async () => {
    const mount = (more: string): Tree => ({
      Dockerfile: `FROM ${BASE}\nRUN --mount=type=secret,id=gone${more} ls /run/secrets/gone || echo none # ${salt()}\n`,
    });
    expect(output(await build(mount('')))).toContain('none');
    await expect(build(mount(',required'))).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: containing('needs the secret gone, which this build does not offer'),
      remedy: containing('build.secrets'),
      details: { line: 2 },
    });
  });

  test('whose file is missing, no file or too large end the build before it begins', async () => {
    const folder = await folderWith({ large: 'x'.repeat(500 * 1024 + 1) });
    for (const [name, message] of [
      ['nope', 'cannot be read'],
      ['.', 'is no file'],
      ['large', 'is larger than 500 KiB'],
    ]) {
      const secrets = [{ id: 's', file: join(folder, name ?? '') }];
      await expect(build({ Dockerfile: `FROM ${BASE}\n` }, { secrets })).rejects.toMatchObject({
        code: 'BUILD_FAILED',
        message: containing(message ?? ''),
      });
    }
  });
});

describe('a private base image', () => {
  let registry: LocalRegistry;
  const name = (): string => `${registry.host}/qs-test-se-private/${salt()}:1`;
  const withLogin = (): Surroundings => ({ config: configWithLogin(registry.host) });

  beforeAll(async () => {
    registry = await startLocalRegistry({ login: true });
    return () => registry.dispose();
  });

  /** A private image that only the registry has, and a Dockerfile on it. */
  async function onPrivateBase(): Promise<{ image: string; tree: Tree }> {
    const image = name();
    await pushImage(image, true);
    return { image, tree: { Dockerfile: `FROM ${image}\nLABEL x=${salt()}\n` } };
  }

  test('is pulled with the saved login', async () => {
    const { tree } = await onPrivateBase();
    expect((await build(tree, {}, withLogin())).at(-1)).toMatchObject({ type: 'image' });
  });

  test('is pulled with the login of a credential helper', async () => {
    const { tree } = await onPrivateBase();
    const bin = await folderWith({
      'docker-credential-qs-test': {
        text: `#!/bin/sh\ncat >/dev/null\nprintf '{"Username":"%s","Secret":"%s"}' '${registryLogin.username}' '${registryLogin.password}'\n`,
        mode: 0o755,
      },
    });
    vi.stubEnv('PATH', `${bin}:${process.env['PATH'] ?? ''}`);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const config = JSON.stringify({ credHelpers: { [registry.host]: 'qs-test' } });
    expect((await build(tree, {}, { config })).at(-1)).toMatchObject({ type: 'image' });
  });

  test.each([
    ['no login', undefined, 'wants a login before it gives out'],
    ['a wrong password', { username: registryLogin.username, password: 'wrong' }, 'does not accept the saved login'],
  ])('with %s is refused at its FROM', async (_name, login, words) => {
    const { image, tree } = await onPrivateBase();
    const around = login === undefined ? {} : { config: configWithLogin(registry.host, login) };
    await expect(build(tree, {}, around)).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
      message: containing(`Dockerfile line 1 needs the image ${image}. ${registry.host} ${words}`),
      remedy: containing('docker login'),
      details: { line: 1 },
    });
  });

  test('behind a helper that is not installed names the helper', async () => {
    const { tree } = await onPrivateBase();
    const config = JSON.stringify({ credsStore: 'qs-test-none' });
    await expect(build(tree, {}, { config })).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
      message: containing('docker-credential-qs-test-none cannot be started'),
    });
  });

  test('of a registry that wants everybody to fetch a token can be had without a login', async () => {
    const image = `qs-test-se-private/${salt()}:1`;
    await pushImage(`${provided('REGISTRY')}/${image}`);
    const hub = await startFaultRegistry(provided('REGISTRY'));
    onTestFinished(() => hub.dispose());
    wantTokens(hub);
    const events = await build({ Dockerfile: `FROM ${hub.host}/${image}\nLABEL x=${salt()}\n` });
    expect(events.at(-1)).toMatchObject({ type: 'image' });
    expect(hub.requests.map(({ authorization }) => authorization)).toContain('Bearer qs-test-token');
  });

  test('that does not exist is not taken for a missing login', async () => {
    await expect(build({ Dockerfile: `FROM ${name()}\n` }, {}, withLogin())).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      details: { line: 1 },
    });
  });
});

describe('the session', () => {
  const secrets = [{ id: 's', value: 'x' }];
  const slow = `FROM ${BASE}\nRUN --mount=type=secret,id=s sleep 60 # `;

  /** A relay in front of the engine, which sees every request. */
  async function relay() {
    const proxy = await startCutProxy(provided('DOCKER_HOST'));
    onTestFinished(() => proxy.dispose());
    return proxy;
  }

  /** Fails unless no session is open within a second, while the connection to the engine itself is. */
  async function expectClosed(proxy: CutProxy): Promise<void> {
    await vi.waitFor(() => {
      expect(proxy.held('/session')).toBe(0);
    });
  }

  /** Builds through the relay and calls back once the slow step runs and the session is open. */
  function during(proxy: CutProxy, then: () => void, signal?: AbortSignal): Promise<BuildEvent[]> {
    const built = build(
      { Dockerfile: `${slow}${salt()}\n` },
      { secrets, ...(signal ? { signal } : {}) },
      { url: proxy.url },
    );
    built.catch(() => undefined);
    const running = async (): Promise<BuildEvent[]> => {
      await vi.waitFor(
        () => {
          expect(proxy.held('/build')).toBe(1);
        },
        { timeout: 20_000 },
      );
      expect(proxy.held('/session')).toBe(1);
      then();
      return built;
    };
    return running();
  }

  test('ends with a build that succeeds, and with one that fails', async () => {
    const proxy = await relay();
    const around = { url: proxy.url };
    await build({ Dockerfile: `FROM ${BASE}\nRUN --mount=type=secret,id=s true # ${salt()}\n` }, { secrets }, around);
    await expectClosed(proxy);
    await expect(
      build({ Dockerfile: `FROM ${BASE}\nRUN --mount=type=secret,id=s exit 3\n` }, { secrets }, around),
    ).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    await expectClosed(proxy);
    expect(proxy.takeRequests().filter((line) => line.includes('/session'))).toHaveLength(2);
  });

  test('ends with a build that is cancelled', async () => {
    const proxy = await relay();
    const abort = new AbortController();
    const ended = during(
      proxy,
      () => {
        abort.abort();
      },
      abort.signal,
    );
    await expect(ended).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    await expectClosed(proxy);
  });

  test('ends with the engine', async () => {
    const proxy = await relay();
    const ended = during(proxy, () => {
      proxy.close();
    });
    await expect(ended).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
  });

  test('works with an engine behind TLS', async () => {
    const around = await startTlsRelay(provided('DOCKER_HOST'));
    const dockerfile = `FROM ${BASE}\nRUN --mount=type=secret,id=s,required cat /run/secrets/s # ${salt()}\n`;
    expect(output(await build({ Dockerfile: dockerfile }, { secrets }, around))).toEqual(['x']);
  });

  test('that the engine refuses is an error only where secrets are asked for', async () => {
    const proxy = await relay();
    const refusing = await startRefusing(proxy.url);
    const around = { url: refusing };
    const events = await build({ Dockerfile: `FROM ${BASE}\nLABEL x=${salt()}\n` }, {}, around);
    expect(ofType(events, 'warning')).toEqual([{ type: 'warning', text: containing('refuses build sessions') }]);
    await expect(build({ Dockerfile: `FROM ${BASE}\n` }, { secrets }, around)).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: containing('secrets cannot be used'),
      remedy: containing('POST /session'),
    });
  });
});

/** An engine behind a proxy that lets everything through but sessions, as guarded sockets do. Ends with the test. */
async function startRefusing(engine: string): Promise<string> {
  const socketPath = new URL(engine).pathname;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/session') === true) {
      response.writeHead(403, { 'content-type': 'text/html' }).end('forbidden');
      return;
    }
    const { method, url: path, headers } = request;
    const onward = forward({ socketPath, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  const path = join(await folderWith({}), 'engine.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `unix://${path}`;
}

/** A relay that speaks TLS, in front of the engine, and what to trust it by. Ends with the test. */
async function startTlsRelay(engine: string): Promise<Surroundings> {
  const folder = await folderWith({});
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=qs-test', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', [...kind, ...names, '-keyout', key, '-out', cert]);
  const ca = await readFile(cert, 'utf8');
  const server = createTlsServer({ key: await readFile(key, 'utf8'), cert: ca }, (client) => {
    const upstream = connectSocket(new URL(engine).pathname);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `tcp://localhost:${port}`, tls: { ca, verify: true } };
}
