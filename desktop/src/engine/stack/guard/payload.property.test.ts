import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel, type Model, ProjectHome } from '#engine/compose/index.ts';
import { translation } from '#testing/translation-fixture.ts';
import { label } from '../labels.ts';
import { readSeccomp } from '../run/seccomp.ts';
import { containerSpec } from '../translate/container.ts';
import { volumeBody } from '../translate/project-bodies.ts';
import { containerPowers } from './payload-powers.ts';
import { projectGuard } from './project-guard.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-payload-'));
  await mkdir(join(directory, 'inside'));
  await symlink('/etc', join(directory, 'link'));
  await writeFile(join(directory, 'seccomp.json'), '{"defaultAction":"SCMP_ACT_ALLOW"}');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const sources = [
  '/',
  '/etc',
  '/srv/data',
  './inside',
  './link',
  './link/new',
  '../up',
  '~/.ssh',
  '/var/run/docker.sock',
];
const mount = fc.record(
  {
    type: fc.constant('bind'),
    source: fc.constantFrom(...sources),
    target: fc.constantFrom('/a', '/b', '/c', '/d'),
    read_only: fc.boolean(),
    bind: fc.record({ create_host_path: fc.boolean() }),
  },
  { requiredKeys: ['type', 'source', 'target'] },
);
const shortMount = fc
  .tuple(fc.constantFrom(...sources, 'named'), fc.constantFrom('/e', '/f', '/g'), fc.constantFrom('', ':ro'))
  .map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`);
const mode = fc.constantFrom('host', 'private', 'service:b', 'container:other');
const some = <T>(...values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** A service as files may write it, with anything that reaches beyond its container. */
const asking = fc.record(
  {
    privileged: fc.boolean(),
    cap_add: some('SYS_ADMIN', 'cap_net_admin', 'ALL', 'CHOWN', 'CAP_SETUID'),
    pid: fc.constantFrom('host', 'service:b'),
    ipc: mode.filter((value) => value !== 'private'),
    uts: fc.constant('host'),
    userns_mode: fc.constant('host'),
    cgroup: fc.constantFrom('host', 'private'),
    network_mode: fc.constantFrom('host', 'none', 'bridge', 'service:b'),
    devices: some('/dev/fuse', '/dev/null:/dev/other:r', 'vendor.com/device=one'),
    device_cgroup_rules: some('c 1:3 mr', 'b 8:* rwm'),
    gpus: fc.constant('all'),
    security_opt: some(
      'seccomp:unconfined',
      'apparmor=unconfined',
      'label:disable',
      'label=type:other_t',
      'systempaths=unconfined',
      'no-new-privileges:true',
      'seccomp:seccomp.json',
    ),
    runtime: fc.constant('other'),
    cgroup_parent: fc.constant('/system.slice'),
    volumes_from: some('b', 'container:other:ro'),
    sysctls: fc.constantFrom({ 'net.core.somaxconn': 1 }, ['kernel.msgmax=1']),
    volumes: fc.uniqueArray(fc.oneof(mount, shortMount), {
      maxLength: 3,
      selector: (one) => (typeof one === 'string' ? one.split(':')[1] : one.target),
    }),
    secrets: fc.constant(['s']),
    configs: fc.constant(['c']),
  },
  { requiredKeys: [] },
);
const volumeOptions = fc.constantFrom(
  {},
  { type: 'none', o: 'bind', device: '/srv/data' },
  { type: 'none', o: 'ro,rbind', device: '/etc' },
  { type: 'overlay', device: 'overlay', o: 'lowerdir=/etc,upperdir=/srv/u,workdir=/srv/w' },
  { type: 'nfs', o: 'addr=10.0.0.1', device: ':/x' },
);

async function load(service: object, driver_opts: object): Promise<Model> {
  const files = {
    name: 'p',
    services: { a: { image: 'a:1', ...service }, b: { image: 'b:1' } },
    volumes: { named: { driver: 'local', driver_opts } },
    secrets: { s: { file: '/etc/shadow' } },
    configs: { c: { file: './link/passwd' } },
  };
  await writeFile(join(directory, 'compose.json'), JSON.stringify(files));
  return loadModel({ directory, files: ['compose.json'], envFiles: [], profiles: [], env: {} });
}

async function bodies(model: Model) {
  const service = model.services.get('a');
  if (!service) throw new Error('no service');
  const seccomp = await readSeccomp(service, directory);
  const labels = { [label.project]: 'p', [label.service]: 'a' };
  const { config } = containerSpec(translation(service, { model, seccomp, labels })).spec;
  const volumes = [...model.volumes].map(([key, volume]) => volumeBody(model, key, volume, '5.0.0'));
  return { config, volumes };
}

test('what a create call shows was named in the files, and is refused where it was not', {
  timeout: 120_000,
}, async () => {
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(asking, volumeOptions, async (service, options) => {
      const model = await load(service, options);
      const { config, volumes } = await bodies(model);
      const permits = { project: 'p', directory, risks: model.risks, confirmed: 'all' as const };
      const guard = projectGuard(permits);
      guard.checkContainer(config);
      for (const volume of volumes) guard.checkVolume(volume);
      const powers = containerPowers(config, new ProjectHome(directory));
      shown += powers.length;
      for (const one of powers) {
        const risks = model.risks.filter(({ power }) => !power?.endsWith(`/${one}`));
        expect(() => {
          projectGuard({ ...permits, risks }).checkContainer(config);
        }).toThrow(/not seen to ask/);
      }
      const red = model.risks.filter(
        ({ level, power }) => level === 'red' && powers.some((one) => power?.endsWith(`/${one}`)),
      );
      if (red.length > 0)
        expect(() => {
          projectGuard({ ...permits, confirmed: new Set() }).checkContainer(config);
        }).toThrow(/agreed to first/);
    }),
    { numRuns: 300 },
  );
  expect(shown).toBeGreaterThan(300);
});
