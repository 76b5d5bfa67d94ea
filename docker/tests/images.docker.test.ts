import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { bake } from './support/bake.ts';
import { docker } from './support/command.ts';
import { create, start } from './support/container.ts';
import { imageOf, type Service, services } from './support/images.ts';
import { repository } from './support/project.ts';
import { holds, readTar, skip } from './support/tar.ts';

const config = z.object({
  User: z.string(),
  Env: z.array(z.string()),
  Entrypoint: z.array(z.string()),
  Cmd: z.array(z.string()),
  Labels: z.record(z.string(), z.string()),
  Healthcheck: z.object({ Test: z.tuple([z.literal('CMD')], z.string()) }),
});

async function configOf(image: string) {
  const json: unknown = JSON.parse(await docker(['image', 'inspect', image, '--format', '{{json .Config}}']));
  return config.parse(json);
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const roots = new Map<Service, readonly Entry[]>();

/** Everything in the root file system of a container of this service. */
async function rootOf(service: Service): Promise<readonly Entry[]> {
  const known = roots.get(service);
  if (known) return known;
  await using container = await create(service);
  const entries: Entry[] = [];
  await readTar(['export', container.id], async ({ name, type, mode, uid, gid }, content) => {
    entries.push({ name, type, mode, uid, gid });
    await skip(content);
  });
  roots.set(service, entries);
  return entries;
}

describe.each(services)('%s', (service) => {
  test('the container runs as a numeric user that is not root', async () => {
    expect((await configOf(imageOf(service))).User).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    await using container = await start(service, [], ['-e', 'console.log(process.getuid(), process.getgid())']);
    await docker(['wait', container.id]);
    expect(await docker(['logs', container.id])).toBe('10001 10001');
  });

  test('node is the only program: no shell, no package manager, nothing that runs as another user', async () => {
    const files = (await rootOf(service)).filter(({ type }) => type !== 'directory');
    const named = (pattern: RegExp) => files.map(({ name }) => name).filter((name) => pattern.test(name));
    expect(named(/^(usr\/(local\/)?)?s?bin\//)).toEqual(['usr/local/bin/node']);
    expect(named(/(^|\/)(s?bin|node_modules)\/(npm|npx|corepack|yarn|pnpm|apt-get|dpkg)(\/|$)/)).toEqual([]);
    expect(files.filter(({ type, mode }) => type === 'file' && (mode & 0o6000) !== 0)).toEqual([]);
  });

  test('its user can write nowhere but in folders for temporary files and for volumes', async () => {
    const writable = (await rootOf(service)).filter(
      ({ type, mode, uid, gid }) =>
        (type === 'directory' || type === 'file') && ((mode & 0o002) !== 0 || uid === 10_001 || gid === 10_001),
    );
    const volumes = service === 'backend' ? ['data/', 'logs/'] : ['logs/'];
    expect(writable.map(({ name }) => name).sort()).toEqual([...volumes, 'run/lock/', 'tmp/', 'var/tmp/']);
  });

  test('start and health command are programs that the image has, without a shell', async () => {
    const { Entrypoint, Healthcheck } = await configOf(imageOf(service));
    expect(Entrypoint).toEqual(['node']);
    expect(Healthcheck.Test).toEqual(['CMD', 'node', '/app/healthcheck.mjs']);
  });

  test('the labels say what was passed to the build', async () => {
    const { Labels } = await configOf(imageOf(service));
    const { version, revision, created, source } = inject('images');
    expect(Labels).toMatchObject({
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.revision': revision,
      'org.opencontainers.image.created': created,
      'org.opencontainers.image.source': source,
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.base.name': 'node:24-bookworm-slim',
    });
  });
});

test('no secret of the build is in the history, the configuration or a layer', async () => {
  const images = services.map((service) => imageOf(service));
  const { canary } = inject('images');
  expect(await docker(['image', 'inspect', ...images])).not.toContain(canary);
  for (const image of images) expect(await docker(['history', '--no-trunc', image])).not.toContain(canary);
  const files: string[] = [];
  const guilty: string[] = [];
  await readTar(['image', 'save', ...images], async ({ name }, content) => {
    files.push(name);
    if (await holds(content, canary)) guilty.push(name);
  });
  expect(guilty).toEqual([]);
  expect(files.length).toBeGreaterThan(8);
});

test.each(services)(
  'the Dockerfile of the %s names its base in one argument, with a tag that a digest can be added to',
  async (service) => {
    const dockerfile = await readFile(join(repository, `docker/${service}.Dockerfile`), 'utf8');
    const bases = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, base, name]) => ({ base, name }));
    const stages = new Set(bases.map(({ name }) => name));
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(bases.length);
    expect(bases.filter(({ base = '' }) => !stages.has(base)).map(({ base }) => base)).toEqual(
      bases.filter(({ base }) => base === '${NODE_IMAGE}').map(({ base }) => base),
    );
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:24-[\w.-]+$/m);
    for (const name of ['builder', 'production', 'development']) expect(stages).toContain(name);
  },
);

test('bake pins the base by digest, builds from it and notes it in the labels', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const { stdout } = await bake(repository, { NODE_IMAGE: `node:24-bookworm-slim@${digest}` }, '--print');
  const args = z.object({ NODE_IMAGE: z.string(), BASE_NAME: z.string(), BASE_DIGEST: z.string() });
  const { target } = z.object({ target: z.record(z.string(), z.object({ args })) }).parse(JSON.parse(stdout));
  for (const service of services) {
    expect(target[service]?.args).toEqual({
      NODE_IMAGE: `node:24-bookworm-slim@${digest}`,
      BASE_NAME: 'node:24-bookworm-slim',
      BASE_DIGEST: digest,
    });
  }
});
