import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { containing, matching, sentence } from '../build/fixtures/like.ts';
import { docker, provided, realTransport, removeImageLater } from '../build/fixtures/real-engine.ts';
import type { PullProgress } from '../types.ts';
import { type PullOptions, pullImage } from './pull.ts';

/** `pass` hands the request to the real registry after all. */
type Fault = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void;
type Target = 'version' | 'manifest' | 'blob';

function targetOf(url: string): Target {
  if (url.includes('/blobs/')) return 'blob';
  return url.includes('/manifests/') ? 'manifest' : 'version';
}

/** A registry on a port of its own that hands everything to the real one but what `fault` is for. Ends with the test. */
async function faultyRegistry(
  on: Target,
  fault: Fault,
  see: (request: IncomingMessage) => void = () => undefined,
): Promise<string> {
  const [hostname, port] = provided('REGISTRY').split(':');
  const server = createServer((request, response) => {
    see(request);
    const pass = (): void => {
      const { method, url: path, headers } = request;
      const onward = forward({ hostname, port, method, path, headers }, (good) => {
        response.writeHead(good.statusCode ?? 500, good.headers);
        good.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    };
    if (targetOf(request.url ?? '') === on) fault(request, response, pass);
    else pass();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): Fault =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
const problem = (code: string, message: string): string => JSON.stringify({ errors: [{ code, message }] });

const repository = `qs-test-builder/pull-${randomBytes(4).toString('hex')}`;
let digest = '';

async function collect(image: string, options: PullOptions = {}): Promise<PullProgress[]> {
  const all: PullProgress[] = [];
  for await (const progress of pullImage(realTransport(), image, options)) all.push(progress);
  return all;
}

/**
 * Pushes an image of two layers with the reference tools and removes it here. It is not built, because the cache of the
 * builder would keep the layers, and a pull would have nothing to bring.
 */
async function push(name: string): Promise<string> {
  const tag = `${provided('REGISTRY')}/${name}`;
  const folder = await mkdtemp(join(tmpdir(), 'quayside-push-'));
  try {
    await writeFile(join(folder, 'large'), randomBytes(3_000_000));
    await writeFile(join(folder, 'small'), name);
    await promisify(execFile)('tar', ['-C', folder, '-cf', join(folder, 'large.tar'), 'large']);
    const base = await docker('import', join(folder, 'large.tar'));
    const container = await docker('create', '--network', 'none', base, 'none');
    await docker('cp', join(folder, 'small'), `${container}:/small`);
    await docker('commit', container, tag);
    await docker('rm', container);
    await docker('push', '-q', tag);
    const pushed = await docker('image', 'inspect', '--format', '{{index .RepoDigests 0}}', tag);
    await docker('image', 'rm', tag);
    return pushed.slice(pushed.indexOf('@') + 1);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The layer that takes longest: the others may be through before a fault shows. */
async function largestLayer(name: string): Promise<{ digest: string; bytes: Buffer }> {
  const [path = '', tag = ''] = name.split(':');
  const base = `http://${provided('REGISTRY')}/v2/${path}`;
  const accept = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = (await (await fetch(`${base}/manifests/${tag}`, { headers: { accept } })).json()) as {
    layers: { digest: string; size: number }[];
  };
  const [large] = manifest.layers.toSorted((one, other) => other.size - one.size);
  if (large === undefined) throw new Error('the image has no layers');
  const blob = await fetch(`${base}/blobs/${large.digest}`);
  return { digest: large.digest, bytes: Buffer.from(await blob.arrayBuffer()) };
}

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

  test('is given the login that the registry wants', async () => {
    const seen = new Set<string | undefined>();
    const wantsLogin = answer(401, '{}', { 'www-authenticate': 'Basic realm="r"' });
    const registry = await faultyRegistry('version', wantsLogin, ({ headers }) => seen.add(headers.authorization));
    const image = `${registry}/${repository}:good`;
    removeImageLater(image);
    await collect(image, { auth: { username: 'ü', password: 'p?>:', serveraddress: registry } });
    expect(seen).toContain(`Basic ${Buffer.from('ü:p?>:').toString('base64')}`);
  });
});

describe('a registry that', () => {
  const unauthorized = problem('UNAUTHORIZED', 'authentication required');
  const basic = { 'www-authenticate': 'Basic realm="r"' };
  test.each<[string, Target, Fault, string]>([
    ['wants a login', 'version', answer(401, unauthorized, basic), 'REGISTRY_LOGIN'],
    ['wants a login for the image', 'manifest', answer(401, unauthorized, basic), 'REGISTRY_LOGIN'],
    [
      'forbids the image',
      'manifest',
      answer(403, problem('DENIED', 'requested access to the resource is denied')),
      'REGISTRY_DENIED',
    ],
    ['forbids a layer', 'blob', answer(403, problem('DENIED', 'denied')), 'REGISTRY_DENIED'],
    [
      'does not know the image',
      'manifest',
      answer(404, problem('MANIFEST_UNKNOWN', 'manifest unknown')),
      'IMAGE_NOT_FOUND',
    ],
    ['does not know a layer', 'blob', answer(404, problem('BLOB_UNKNOWN', 'blob unknown')), 'IMAGE_NOT_FOUND'],
    [
      'has had too many requests',
      'manifest',
      answer(429, problem('TOOMANYREQUESTS', 'slow down')),
      'REGISTRY_RATE_LIMIT',
    ],
    ['has an error of its own', 'manifest', answer(500, 'boom'), 'REGISTRY_UNREACHABLE'],
    ['is out of service', 'manifest', answer(503, ''), 'REGISTRY_UNREACHABLE'],
    ['talks nonsense', 'manifest', answer(200, 'this is not JSON'), 'REGISTRY_UNREACHABLE'],
    ['hangs up', 'manifest', (request) => request.socket.destroy(), 'REGISTRY_UNREACHABLE'],
  ])('%s', async (_name, on, fault, code) => {
    const registry = await faultyRegistry(on, fault);
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
    const registry = await faultyRegistry('manifest', () => undefined);
    await expect(collect(`${registry}/${repository}:good`, { idleMs: 1000 })).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: `${registry} has not answered for 1 s.`,
    });
  });

  test('hangs within a layer is given up as stuck', async () => {
    const name = `${repository}:hang`;
    await push(name);
    const registry = await faultyRegistry('blob', (_request, response) => {
      response.writeHead(200, { 'content-length': '1000000' });
      response.write(Buffer.alloc(1000));
    });
    await expect(collect(`${registry}/${name}`, { idleMs: 1500 })).rejects.toMatchObject({
      code: 'ENGINE_TIMEOUT',
      message: containing('is stuck'),
      remedy: containing('engine'),
    });
  });

  test('sends a damaged layer leaves nothing behind', async () => {
    const name = `${repository}:damaged`;
    await push(name);
    const registry = await faultyRegistry('blob', (request, response) => {
      const [hostname, port] = provided('REGISTRY').split(':');
      forward({ hostname, port, path: request.url, headers: request.headers }, (good) => {
        const parts: Buffer[] = [];
        good.on('data', (part: Buffer) => parts.push(part));
        good.on('end', () => {
          const bytes = Buffer.concat(parts);
          bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
          response.writeHead(200, good.headers).end(bytes);
        });
      }).end();
    });
    const image = `${registry}/${name}`;
    await expect(collect(image)).rejects.toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
    await expect(docker('image', 'inspect', image)).rejects.toThrow();
  });

  test('breaks off within a layer is asked again, and the bytes do not go back', async () => {
    const name = `${repository}:broken`;
    await push(name);
    const large = await largestLayer(name);
    let cut = false;
    const registry = await faultyRegistry('blob', (request, response, pass) => {
      if (cut || request.url?.endsWith(large.digest) !== true) {
        pass();
        return;
      }
      cut = true;
      response.writeHead(200, { 'content-length': String(large.bytes.length) });
      response.write(large.bytes.subarray(0, 500_000), () => request.socket.destroy());
    });
    const image = `${registry}/${name}`;
    removeImageLater(image);
    const bytes = (await collect(image)).map(({ current }) => current);
    expect(bytes).toEqual(bytes.toSorted((one, other) => one - other));
    expect(await docker('image', 'inspect', '--format', '{{len .RootFS.Layers}}', image)).toBe('2');
  });

  test('is left when nobody wants the image any longer', async () => {
    const registry = await faultyRegistry('manifest', () => undefined);
    const signal = AbortSignal.timeout(300);
    await expect(collect(`${registry}/${repository}:good`, { signal })).rejects.toMatchObject({
      code: 'OPERATION_CANCELLED',
    });
  });
});
