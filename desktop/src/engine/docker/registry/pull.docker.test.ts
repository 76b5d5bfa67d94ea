import { randomBytes } from 'node:crypto';
import { delimiter } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import {
  answering,
  breakingOff,
  damaging,
  type FaultRegistry,
  hanging,
  hangingUp,
  type RegistryFault,
  type RegistryPart,
  registryError,
  stalling,
  startFaultRegistry,
} from '#testing/registry/fault-registry.ts';
import { type LocalRegistry, registryLogin, startLocalRegistry } from '#testing/registry/local-registry.ts';
import { configWithLogin, pushImage } from '#testing/registry/push-image.ts';
import { folderWith } from '../build/fixtures/folder.ts';
import { containing, matching, sentence } from '../build/fixtures/like.ts';
import { docker, provided, realTransport, removeImageLater } from '../build/fixtures/real-engine.ts';
import { collect } from '../fixtures/collect.ts';
import type { PullEvent } from '../types.ts';
import { type PullOptions, pullImage } from './pull.ts';

/** A registry that fails as told, in front of the one of the test run. Ends with the test. */
async function faulty(
  part: RegistryPart,
  fault: RegistryFault,
  options: Parameters<FaultRegistry['fail']>[2] = {},
): Promise<FaultRegistry> {
  const registry = await startFaultRegistry(provided('REGISTRY'));
  onTestFinished(() => registry.dispose());
  registry.fail(part, fault, options);
  return registry;
}

const repository = `qs-test-builder/pull-${randomBytes(4).toString('hex')}`;
let digest = '';

/** Pulls; what fails is not tried again unless `pausesMs` says so. */
async function pull(image: string, options: PullOptions = {}) {
  const events = await collect(pullImage(realTransport(), image, { pausesMs: [], ...options }));
  const progress = events.filter((event) => event.type === 'progress');
  const retries = events.filter((event) => event.type === 'retry');
  return { progress, retries, warnings: events.filter((event) => event.type === 'warning') };
}

/** Pushes a new image under a tag of the repository; returns its digest. */
const push = (name: string): Promise<string> => pushImage(`${provided('REGISTRY')}/${name}`);

/** The digest of the layer that takes longest: the others may be through before a fault shows. */
async function largestLayer(name: string): Promise<string> {
  const [path = '', tag = ''] = name.split(':');
  const accept = 'application/vnd.docker.distribution.manifest.v2+json';
  const url = `http://${provided('REGISTRY')}/v2/${path}/manifests/${tag}`;
  const { layers } = layerList.parse(await (await fetch(url, { headers: { accept } })).json());
  return layers.toSorted((one, other) => other.size - one.size)[0]?.digest ?? '';
}

const layerList = z.object({ layers: z.array(z.object({ digest: z.string(), size: z.number() })) });

beforeAll(async () => {
  digest = await push(`${repository}:good`);
});

describe('a pull', () => {
  test('brings the image and counts bytes and layers up to the whole', async () => {
    const image = `${provided('REGISTRY')}/${repository}:good`;
    removeImageLater(image);
    const { progress } = await pull(image);
    const last = progress.at(-1);
    expect(last).toMatchObject({ layers: 2, layersDone: 2 });
    expect(last?.current).toBe(last?.total);
    expect(last?.total).toBeGreaterThan(1_000_000);
    expect(await docker('image', 'inspect', '--format', '{{index .RepoDigests 0}}', image)).toContain(digest);
  });

  test.each(['digest', 'tag and digest'])('takes an image by its %s', async (kind) => {
    const tag = kind === 'digest' ? '' : ':good';
    const image = `${provided('REGISTRY')}/${repository}${tag}@${digest}`;
    removeImageLater(`${provided('REGISTRY')}/${repository}@${digest}`);
    await pull(image);
    expect(await docker('image', 'inspect', '--format', '{{index .RepoDigests 0}}', image)).toContain(digest);
  });

  test('takes the platform that is asked for', async () => {
    const image = `${provided('REGISTRY')}/${repository}:good`;
    removeImageLater(image);
    await expect(pull(image, { platform: 'linux/s390x' })).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  test('of a tag or a name that is not there says so', async () => {
    for (const name of [`${repository}:nope`, 'qs-test-builder/none:1']) {
      const image = `${provided('REGISTRY')}/${name}`;
      await expect(pull(image)).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
        message: `${provided('REGISTRY')} does not hold ${image}.`,
        remedy: sentence,
      });
    }
  });

  test('of something that is no image name is not even tried', async () => {
    await expect(pull('Not A Name')).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      message: containing('valid'),
    });
  });
});

describe('a registry that', () => {
  const unauthorized = registryError('UNAUTHORIZED', 'authentication required');
  const basic = { 'www-authenticate': 'Basic realm="r"' };
  test.each<[string, RegistryPart, RegistryFault, string]>([
    ['wants a login', 'version', answering(401, unauthorized, basic), 'REGISTRY_LOGIN'],
    ['wants a login for the image', 'manifest', answering(401, unauthorized, basic), 'REGISTRY_LOGIN'],
    [
      'forbids the image',
      'manifest',
      answering(403, registryError('DENIED', 'requested access to the resource is denied')),
      'REGISTRY_DENIED',
    ],
    ['forbids a layer', 'blob', answering(403, registryError('DENIED', 'denied')), 'REGISTRY_DENIED'],
    [
      'does not know the image',
      'manifest',
      answering(404, registryError('MANIFEST_UNKNOWN', 'manifest unknown')),
      'IMAGE_NOT_FOUND',
    ],
    ['does not know a layer', 'blob', answering(404, registryError('BLOB_UNKNOWN', 'blob unknown')), 'IMAGE_NOT_FOUND'],
    [
      'has had too many requests',
      'manifest',
      answering(429, registryError('TOOMANYREQUESTS', 'slow down')),
      'REGISTRY_RATE_LIMIT',
    ],
    ['has an error of its own', 'manifest', answering(500, 'boom'), 'REGISTRY_UNREACHABLE'],
    ['is out of service', 'manifest', answering(503, ''), 'REGISTRY_UNREACHABLE'],
    ['talks nonsense', 'manifest', answering(200, 'this is not JSON'), 'REGISTRY_UNREACHABLE'],
    ['hangs up', 'manifest', hangingUp, 'REGISTRY_UNREACHABLE'],
  ])('%s', async (_name, on, fault, code) => {
    const registry = (await faulty(on, fault)).host;
    const image = `${registry}/${repository}:good`;
    await expect(pull(image)).rejects.toMatchObject({
      code,
      message: containing(registry),
      remedy: sentence,
      details: { reason: matching(/./), image },
    });
    await expect(docker('image', 'inspect', image)).rejects.toThrow();
  });

  test('nobody listens at', async () => {
    await expect(pull(`127.0.0.1:1/${repository}:good`)).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: containing('connection was refused'),
    });
  });

  test('has no address', async () => {
    await expect(pull('qs-test.invalid/a:1')).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: 'The engine finds no address for qs-test.invalid.',
    });
  });

  test('hangs before it says anything is given up as unreachable', async () => {
    const registry = (await faulty('manifest', hanging)).host;
    await expect(pull(`${registry}/${repository}:good`, { idleMs: 1000 })).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: `${registry} has not answered for 1 s.`,
    });
  });

  test('hangs within a layer is given up as stuck', async () => {
    const name = `${repository}:hang`;
    await push(name);
    const registry = (await faulty('blob', stalling)).host;
    await expect(pull(`${registry}/${name}`, { idleMs: 1500 })).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: containing('is stuck'),
      remedy: containing('engine'),
    });
  });

  test('sends a damaged layer leaves nothing behind', async () => {
    const name = `${repository}:damaged`;
    await push(name);
    const registry = (await faulty('blob', damaging)).host;
    const image = `${registry}/${name}`;
    await expect(pull(image)).rejects.toMatchObject({ code: 'REGISTRY_UNREACHABLE', message: containing('damaged') });
    await expect(docker('image', 'inspect', image)).rejects.toThrow();
  });

  test('breaks off within a layer is asked again, and the bytes do not go back', async () => {
    const name = `${repository}:broken`;
    await push(name);
    const large = await largestLayer(name);
    const registry = (await faulty('blob', breakingOff(500_000), { only: large, times: 1 })).host;
    const image = `${registry}/${name}`;
    removeImageLater(image);
    const { progress, retries } = await pull(image);
    const bytes = progress.map(({ current }) => current);
    expect(retries).toHaveLength(1);
    expect(retries[0]?.reason).toContain('lost the connection within the layer');
    expect(bytes).toEqual(bytes.toSorted((one, other) => one - other));
    expect(await docker('image', 'inspect', '--format', '{{len .RootFS.Layers}}', image)).toBe('2');
  });

  test('is left when nobody wants the image any longer', async () => {
    const registry = (await faulty('manifest', hanging)).host;
    const signal = AbortSignal.timeout(300);
    await expect(pull(`${registry}/${repository}:good`, { signal })).rejects.toMatchObject({
      code: 'OPERATION_CANCELLED',
    });
  });
});

describe('a registry that fails in passing', () => {
  const busy = answering(503, '');
  const tooMany = answering(429, registryError('TOOMANYREQUESTS', 'slow down'));

  test('is asked again, and whoever watches is told', async () => {
    // An engine may ask once or twice for each try.
    const registry = await faulty('manifest', busy, { times: 2 });
    const image = `${registry.host}/${repository}:good`;
    removeImageLater(image);
    const { retries, progress } = await pull(image, { pausesMs: [10, 20] });
    const reason = `${registry.host} answers, but with an error of its own.`;
    expect(retries[0]).toEqual({ type: 'retry', reason, delayMs: 10 });
    expect(progress.at(-1)).toMatchObject({ layers: 2, layersDone: 2 });
  });

  test.each<[string, RegistryFault, string]>([
    ['has an error of its own', busy, 'REGISTRY_UNREACHABLE'],
    ['has had too many requests', tooMany, 'REGISTRY_RATE_LIMIT'],
    ['hangs up', hangingUp, 'REGISTRY_UNREACHABLE'],
  ])('all the time is given up in the end: %s', async (_name, fault, code) => {
    const registry = await faulty('manifest', fault);
    await expect(pull(`${registry.host}/${repository}:good`, { pausesMs: [10, 10] })).rejects.toMatchObject({ code });
    // The engine may ask more than once for each try.
    expect(registry.requests.filter(({ part }) => part === 'manifest').length).toBeGreaterThanOrEqual(3);
  });

  test.each<[string, RegistryFault]>([
    [
      'a login is wanted',
      answering(401, registryError('UNAUTHORIZED', 'no'), { 'www-authenticate': 'Basic realm="r"' }),
    ],
    ['it is forbidden', answering(403, registryError('DENIED', 'denied'))],
    ['it is not there', answering(404, registryError('MANIFEST_UNKNOWN', 'manifest unknown'))],
    [
      'all pulls are used up',
      answering(429, registryError('TOOMANYREQUESTS', 'You have reached your pull rate limit.')),
    ],
  ])('is not asked again where that cannot help: %s', async (_name, fault) => {
    const registry = await faulty('manifest', fault);
    const events: PullEvent[] = [];
    const pulling = async (): Promise<void> => {
      for await (const event of pullImage(realTransport(), `${registry.host}/${repository}:good`)) events.push(event);
    };
    await expect(pulling()).rejects.toThrow();
    expect(events.filter(({ type }) => type === 'retry')).toEqual([]);
  });

  test('is left between two tries when nobody wants the image any longer', async () => {
    const registry = await faulty('manifest', busy);
    const abort = new AbortController();
    const pulling = async (): Promise<void> => {
      const options = { pausesMs: [600_000], signal: abort.signal };
      for await (const event of pullImage(realTransport(), `${registry.host}/${repository}:good`, options)) {
        if (event.type === 'retry')
          setImmediate(() => {
            abort.abort();
          });
      }
    };
    await expect(pulling()).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
  });
});

describe('a registry with logins', () => {
  let registry: LocalRegistry;
  let image: string;
  beforeAll(async () => {
    registry = await startLocalRegistry({ login: true });
    image = `${registry.host}/qs-test-se-login:1`;
    await pushImage(image, true);
    return () => registry.dispose();
  });

  /** Pulls with a docker configuration of its own and removes the image again. */
  async function pullWith(config: string, more: Readonly<Record<string, string>> = {}, name = image) {
    const DOCKER_CONFIG = await folderWith({ 'config.json': config });
    const pulled = await pull(name, { env: { ...process.env, DOCKER_CONFIG, ...more } });
    await docker('image', 'rm', name);
    return pulled;
  }

  /** A credential helper that prints this, found through the PATH that is returned. */
  async function helper(prints: string, exit = 0): Promise<Record<string, string>> {
    const text = `#!/bin/sh\ncat > /dev/null\ncat <<'EOF'\n${prints}\nEOF\nexit ${exit}\n`;
    const bin = await folderWith({ 'docker-credential-qs-test': { text, mode: 0o755 } });
    return { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  }

  const answer = JSON.stringify({ ServerURL: 'x', Username: registryLogin.username, Secret: registryLogin.password });

  test('gives its image to the login of the configuration, of DOCKER_AUTH_CONFIG and of either kind of helper', async () => {
    const store = JSON.stringify({ credsStore: 'qs-test' });
    const own = JSON.stringify({ credHelpers: { [registry.host]: 'qs-test' } });
    for (const [config, more] of [
      [configWithLogin(registry.host), {}],
      ['{}', { DOCKER_AUTH_CONFIG: configWithLogin(registry.host) }],
      [store, await helper(answer)],
      [own, await helper(answer)],
    ] as const) {
      const { progress, warnings } = await pullWith(config, more);
      expect(progress.at(-1)).toMatchObject({ layers: 2, layersDone: 2 });
      expect(warnings).toEqual([]);
    }
  });

  test('wants a login from whoever has none', async () => {
    await expect(pullWith('{}')).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
      message: `${registry.host} wants a login before it gives out ${image}.`,
      remedy: `Sign in once on this machine: docker login ${registry.host}`,
    });
    const knowsNothing = await helper('credentials not found in native keychain', 1);
    await expect(pullWith('{"credsStore":"qs-test"}', knowsNothing)).rejects.toMatchObject({ code: 'REGISTRY_LOGIN' });
  });

  test('does not take a wrong password', async () => {
    const wrong = configWithLogin(registry.host, { username: registryLogin.username, password: 'wrong' });
    await expect(pullWith(wrong)).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
      message: containing('does not accept the saved login'),
    });
  });

  test.each([
    ['is not installed', '{"credsStore":"qs-test-none"}', '', 0, 'docker-credential-qs-test-none cannot be started'],
    ['fails', '{"credsStore":"qs-test"}', 'top-secret', 3, 'docker-credential-qs-test failed with exit code 3'],
    ['talks nonsense', '{"credsStore":"qs-test"}', 'top-secret', 0, 'gave an answer that cannot be understood'],
  ])('behind a helper that %s names the helper, and nothing it printed', async (_name, config, prints, exit, words) => {
    const pulled = pullWith(config, await helper(prints, exit));
    await expect(pulled).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
      message: containing(words),
      remedy: containing('credsStore'),
    });
    await expect(pulled.catch((error: unknown) => JSON.stringify(error))).resolves.not.toContain('top-secret');
  });

  test('tells a tag that is not there from a login that is missing', async () => {
    const config = configWithLogin(registry.host);
    for (const name of ['qs-test-se-login:2', 'qs-test-se-never:1']) {
      await expect(pullWith(config, {}, `${registry.host}/${name}`)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    }
  });

  test('is no hindrance to a public image behind a helper that is not there, but that is said', async () => {
    const open = `${provided('REGISTRY')}/${repository}:good`;
    const { warnings } = await pullWith('{"credsStore":"qs-test-none"}', {}, open);
    expect(warnings).toEqual([
      { type: 'warning', text: containing('is pulled without a login: docker-credential-qs-test-none') },
    ]);
  });
});
