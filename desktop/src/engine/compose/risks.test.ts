import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from './index.ts';
import { isPowerfulPath } from './risk-levels.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-risks-'));
  await mkdir(join(directory, 'inside'));
  await symlink('/etc', join(directory, 'sneaky'));
  await writeFile(join(directory, 'compose.yml'), text);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const text = `name: p
services:
  a:
    image: x
    volumes:
      - ./inside:/ok
      - ./sneaky/passwd:/p
      - ../up:/up
      - /var/run/docker.sock:/s
      - data:/d
    privileged: true
    cap_add: [SYS_ADMIN]
    network_mode: host
    post_start: [{command: echo}]
    secrets: [s]
  b: {image: x, user: u, profiles: [off], privileged: true}
volumes:
  data: {driver: local, driver_opts: {type: none, o: bind, device: /srv/data}}
secrets:
  s: {file: ../secret.txt}
`;

test('paths out of the project, privileges and hooks are named with their place', async () => {
  const model = await loadModel({ directory, files: ['compose.yml'], envFiles: [], profiles: [], env: {} });
  const seen = model.risks.map(({ kind, user, place }) => `${place.line} ${kind} ${user}`).sort();
  expect(seen).toEqual(
    [
      '11 privilege a',
      '12 privilege a',
      '13 privilege a',
      '14 hook a',
      '18 path data',
      '20 path s',
      '7 path a',
      '8 path a',
      '9 path a',
    ].sort(),
  );
  expect(model.risks.find(({ place }) => place.line === 7)?.message).toContain('/etc/passwd');
  const amber = model.risks.filter(({ level }) => level === 'amber').map(({ place }) => place.line);
  expect(amber.sort((one, other) => one - other)).toEqual([8, 14, 18, 20]);
});

test.each([
  ['/', true],
  ['/etc/', true],
  ['/etc/nginx/nginx.conf', true],
  ['/etcetera', false],
  ['/home', true],
  ['/home/ann/data', false],
  ['/var/run/docker.sock', true],
  ['/run/user/1000/docker.sock', true],
  ['/var/run/app', false],
  [join(homedir(), '.ssh'), true],
  [join(homedir(), '.ssh', 'id_ed25519'), true],
  ['/srv/data', false],
])('%s gives power over the machine: %s', (path, powerful) => {
  expect(isPowerfulPath(path)).toBe(powerful);
});

test('capabilities that servers need are no red flag, one more is', async () => {
  const level = async (caps: string) => {
    await writeFile(join(directory, 'caps.yml'), `name: p\nservices: {a: {image: x, cap_add: ${caps}}}\n`);
    const model = await loadModel({ directory, files: ['caps.yml'], envFiles: [], profiles: [], env: {} });
    return model.risks.map((risk) => risk.level);
  };
  expect(await level('[NET_BIND_SERVICE, CAP_CHOWN]')).toEqual(['amber']);
  expect(await level('[NET_BIND_SERVICE, SYS_ADMIN]')).toEqual(['red']);
  expect(await level('[ALL]')).toEqual(['red']);
});

test('a project that keeps to its folder has none', async () => {
  await writeFile(
    join(directory, 'tame.yml'),
    'name: p\nservices: {a: {build: ., volumes: ["./inside:/x", ".:/y", "v1:/v"], read_only: true}}\nvolumes: {v1: }\n',
  );
  const model = await loadModel({ directory, files: ['tame.yml'], envFiles: [], profiles: [], env: {} });
  expect(model.risks).toEqual([]);
});
