import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { docker } from '#testing/docker-cli.ts';
import {
  answering,
  breakingOff,
  type FaultRegistry,
  hangingUp,
  type RegistryFault,
  startFaultRegistry,
} from '#testing/registry/fault-registry.ts';
import { type LocalRegistry, registryLogin, startLocalRegistry } from '#testing/registry/local-registry.ts';
import { pushVersion } from '#testing/release-images.ts';
import { createRegistry } from './registry.ts';

const repository = `qs-test-${randomBytes(4).toString('hex')}`;
const labels = { 'org.opencontainers.image.revision': 'abc123', 'dev.quayside.commit.subject': 'Sell "umlauts": ü' };
const noLogin = () => Promise.resolve({});

let registry: LocalRegistry;
let faults: FaultRegistry;
let digest: string;

beforeAll(async () => {
  registry = await startLocalRegistry({ login: false });
  faults = await startFaultRegistry(registry.host);
  digest = await pushVersion({ name: `${registry.host}/${repository}:1.0`, version: '1.0', labels });
});

afterAll(async () => {
  await faults.dispose();
  await registry.dispose();
});

const image = (host = registry.host, tag = '1.0'): string => `${host}/${repository}:${tag}`;

describe('what a registry tells without a pull', () => {
  test('the digest that docker push printed, and the labels', async () => {
    const asked = createRegistry(noLogin);
    expect(await asked.digest(image())).toBe(digest);
    expect(await asked.facts(image(), digest)).toMatchObject({
      digest,
      labels: expect.objectContaining(labels) as unknown,
      platforms: ['linux/amd64'],
    });
  });

  test('labels are asked for once, tags every time: they move', async () => {
    const asked = createRegistry(noLogin);
    await asked.digest(image(faults.host));
    await asked.facts(image(faults.host), digest);
    const before = faults.requests.length;
    await asked.facts(image(faults.host), digest);
    expect(faults.requests.length).toBe(before);
    await asked.digest(image(faults.host));
    expect(faults.requests.length).toBeGreaterThan(before);
  });

  test('all tags, page by page', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `t${index}`);
    const pages = createServer(({ url = '' }, response) => {
      const at = Number(new URL(url, 'http://x').searchParams.get('last') ?? -1) + 1;
      const more = at < names.length - 1;
      const link = `</v2/${repository}/tags/list?n=1&last=${at}>; rel="next"`;
      response.writeHead(200, more ? { link } : {}).end(JSON.stringify({ name: repository, tags: [names[at]] }));
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void pages.close());
    const address = pages.address();
    const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    expect(await createRegistry(noLogin).tags(image(host))).toEqual(names);
    expect(await createRegistry(noLogin).tags(image())).toEqual(['1.0']);
  });
});

describe('a registry with a login', () => {
  let closed: LocalRegistry;

  beforeAll(async () => {
    closed = await startLocalRegistry({ login: true });
  });

  afterAll(() => closed.dispose());

  test('is read with the one that is saved', async () => {
    const asked = createRegistry(() => Promise.resolve({ auth: { ...registryLogin, serveraddress: closed.host } }));
    await expect(asked.digest(image(closed.host))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  test('is told apart without one, and with a wrong one', async () => {
    await expect(createRegistry(noLogin).digest(image(closed.host))).rejects.toMatchObject({ code: 'REGISTRY_LOGIN' });
    const wrong = { username: 'x', password: 'y', serveraddress: closed.host };
    await expect(
      createRegistry(() => Promise.resolve({ auth: wrong })).digest(image(closed.host)),
    ).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
    });
  });
});

test('a token is asked for with the login, and used', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    seen.push(`${url.split('?')[0] ?? ''} ${headers.authorization ?? '-'}`);
    if (url.startsWith('/token')) response.end(JSON.stringify({ token: 'T' }));
    else if (headers.authorization === 'Bearer T') response.end(JSON.stringify({ tags: ['a'] }));
    else {
      const realm = `http://${headers.host ?? ''}/token`;
      response
        .writeHead(401, {
          'www-authenticate': `Bearer realm="${realm}",service="s",scope="repository:${repository}:pull"`,
        })
        .end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const auth = { username: 'me', password: 'secret', serveraddress: host };
  const asked = createRegistry(() => Promise.resolve({ auth }));
  expect(await asked.tags(image(host))).toEqual(['a']);
  expect(await asked.tags(image(host))).toEqual(['a']);
  const login = `Basic ${Buffer.from('me:secret').toString('base64')}`;
  expect(seen.map((line) => line.replace(`/v2/${repository}`, ''))).toEqual([
    '/tags/list -',
    `/token ${login}`,
    '/tags/list Bearer T',
    '/tags/list Bearer T',
  ]);
});

/** Turns a byte of what goes by. */
const changed: RegistryFault = ({ pass }) => {
  pass((chunk) => Buffer.from(chunk.map((byte, index) => (index === 20 ? byte ^ 1 : byte))));
};

describe('a registry that fails', () => {
  test.each([
    ['401', answering(401), 'REGISTRY_LOGIN'],
    ['403', answering(403), 'REGISTRY_DENIED'],
    ['404', answering(404), 'IMAGE_NOT_FOUND'],
    ['429', answering(429), 'REGISTRY_RATE_LIMIT'],
    ['500', answering(500), 'REGISTRY_UNREACHABLE'],
    ['a connection that is closed', hangingUp, 'REGISTRY_UNREACHABLE'],
    ['an answer that breaks off', breakingOff(10), 'REGISTRY_UNREACHABLE'],
    ['a changed byte', changed, 'REGISTRY_PROTOCOL'],
  ])('%s is told apart', async (_name, fault, code) => {
    faults.fail('manifest', fault);
    const asked = createRegistry(noLogin);
    const error: unknown = await asked.facts(image(faults.host), digest).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code });
    expect((error as { remedy?: string }).remedy).not.toBeUndefined();
  });

  test('what fails in passing is asked again', async () => {
    faults.fail('manifest', answering(503), { times: 2 });
    expect(await createRegistry(noLogin).digest(image(faults.host))).toBe(digest);
  });

  test('nobody at the address', async () => {
    await expect(createRegistry(noLogin).digest(`127.0.0.1:1/${repository}:1.0`)).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
    });
  });
});

test('nothing of this was pulled', async () => {
  const { stdout } = await docker(['image', 'ls', '-q', '--filter', `reference=*/${repository}`]);
  expect(stdout).toBe('');
});
