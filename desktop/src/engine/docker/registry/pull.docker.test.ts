import { randomBytes } from 'node:crypto';
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
import { pushImage } from '#testing/registry/push-image.ts';
import { containing, matching, sentence } from '../build/fixtures/like.ts';
import { docker, provided, realTransport, removeImageLater } from '../build/fixtures/real-engine.ts';
import type { PullProgress } from '../types.ts';
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

async function collect(image: string, options: PullOptions = {}): Promise<PullProgress[]> {
  const all: PullProgress[] = [];
  for await (const progress of pullImage(realTransport(), image, options)) all.push(progress);
  return all;
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
    const progress = await collect(image);
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
    await collect(image);
    expect(await docker('image', 'inspect', '--format', '{{index .RepoDigests 0}}', image)).toContain(digest);
  });

  test('takes the platform that is asked for', async () => {
    const image = `${provided('REGISTRY')}/${repository}:good`;
    removeImageLater(image);
    await expect(collect(image, { platform: 'linux/s390x' })).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  test('of a tag or a name that is not there says so', async () => {
    for (const name of [`${repository}:nope`, 'qs-test-builder/none:1']) {
      const image = `${provided('REGISTRY')}/${name}`;
      await expect(collect(image)).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
        message: `${provided('REGISTRY')} does not hold ${image}.`,
        remedy: sentence,
      });
    }
  });

  test('of something that is no image name is not even tried', async () => {
    await expect(collect('Not A Name')).rejects.toMatchObject({
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
    await expect(collect(image)).rejects.toMatchObject({
      code,
      message: containing(registry),
      remedy: sentence,
      details: { reason: matching(/./), image },
    });
    await expect(docker('image', 'inspect', image)).rejects.toThrow();
  });

  test('nobody listens at', async () => {
    await expect(collect(`127.0.0.1:1/${repository}:good`)).rejects.toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
  });

  test('hangs before it says anything is given up as unreachable', async () => {
    const registry = (await faulty('manifest', hanging)).host;
    await expect(collect(`${registry}/${repository}:good`, { idleMs: 1000 })).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: `${registry} has not answered for 1 s.`,
    });
  });

  test('hangs within a layer is given up as stuck', async () => {
    const name = `${repository}:hang`;
    await push(name);
    const registry = (await faulty('blob', stalling)).host;
    await expect(collect(`${registry}/${name}`, { idleMs: 1500 })).rejects.toMatchObject({
      code: 'ENGINE_TIMEOUT',
      message: containing('is stuck'),
      remedy: containing('engine'),
    });
  });

  test('sends a damaged layer leaves nothing behind', async () => {
    const name = `${repository}:damaged`;
    await push(name);
    const registry = (await faulty('blob', damaging)).host;
    const image = `${registry}/${name}`;
    await expect(collect(image)).rejects.toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
    await expect(docker('image', 'inspect', image)).rejects.toThrow();
  });

  test('breaks off within a layer is asked again, and the bytes do not go back', async () => {
    const name = `${repository}:broken`;
    await push(name);
    const large = await largestLayer(name);
    const registry = (await faulty('blob', breakingOff(500_000), { only: large, times: 1 })).host;
    const image = `${registry}/${name}`;
    removeImageLater(image);
    const bytes = (await collect(image)).map(({ current }) => current);
    expect(bytes).toEqual(bytes.toSorted((one, other) => one - other));
    expect(await docker('image', 'inspect', '--format', '{{len .RootFS.Layers}}', image)).toBe('2');
  });

  test('is left when nobody wants the image any longer', async () => {
    const registry = (await faulty('manifest', hanging)).host;
    const signal = AbortSignal.timeout(300);
    await expect(collect(`${registry}/${repository}:good`, { signal })).rejects.toMatchObject({
      code: 'OPERATION_CANCELLED',
    });
  });
});
