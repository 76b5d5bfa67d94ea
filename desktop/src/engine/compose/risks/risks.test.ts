import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QuaysideError, sourcePlace } from '#contract/index.ts';
import { loadModel, type Model } from '../index.ts';
import { isPowerfulPath } from './host-paths.ts';
import { riskClasses } from './risk-classes.ts';
import { fixtures } from './risk-fixtures.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-risks-'));
  await mkdir(join(directory, 'project/inside'), { recursive: true });
  await mkdir(join(directory, 'outside'));
  directory = join(directory, 'project');
  await symlink('/etc', join(directory, 'sneaky'));
  for (const [name, text] of [
    ['../outside/vars.env', 'A=1\n'],
    ['../outside/labels', 'a=1\n'],
    ['../outside/Dockerfile', 'FROM scratch\n'],
    ['foreign.Dockerfile', '# escape=\\\n# syntax=example.org/evil:1\nFROM scratch\n'],
    ['own.Dockerfile', '# syntax=docker/dockerfile:1.7\nFROM scratch\n# syntax=example.org/late:1\n'],
  ] as const)
    await writeFile(join(directory, name), text);
});
afterAll(() => rm(join(directory, '..'), { recursive: true, force: true }));

let files = 0;

async function load(text: string): Promise<Model> {
  const file = `compose-${(files += 1)}.yml`;
  await writeFile(join(directory, file), text);
  return loadModel({ directory, files: [file], envFiles: [], profiles: [], env: {} });
}

/** The ids of what a project asks for beyond notes on how its containers are set up. */
async function asked(text: string): Promise<string[]> {
  return (await load(text)).risks.filter(({ kind }) => kind !== 'hardening').map(({ level, id }) => `${level} ${id}`);
}

const service = (text: string): string => `name: p\nservices:\n  a:\n    image: x\n${text}`;

/** The line that a fixture marks with `# here`, counted from 1. */
const marked = (text: string): number => text.split('\n').findIndex((line) => line.includes('# here')) + 1;

describe('each key that can ask for something', () => {
  test.each(fixtures)('$key', async ({ key, text, refused }) => {
    const level = riskClasses.get(key);
    if (refused === true) {
      const error = await load(text).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(QuaysideError);
      const place = sourcePlace.parse((error as QuaysideError).details?.['place']);
      expect(place).toMatchObject({ line: marked(text) });
      return;
    }
    const { risks } = await load(text);
    const found = risks.filter(({ place }) => place.line === marked(text));
    expect(found.map((risk) => risk.level)).toContain(level);
    expect(found[0]?.place.file).toMatch(/compose-\d+\.yml$/);
  });

  test('has an example here', () => {
    const shown = new Set(fixtures.map(({ key }) => key));
    const askers = [...riskClasses].flatMap(([key, level]) => (level === 'none' ? [] : [key]));
    expect(askers.filter((key) => !shown.has(key))).toEqual([]);
    expect([...shown].filter((key) => !askers.includes(key))).toEqual([]);
  });
});

test('a link halfway, a socket in the project and a folder that is not there yet are seen through', async () => {
  const found = await asked(
    service('    volumes: ["./sneaky/new/deep:/x", "./docker.sock:/s", "./inside/new:/ok", "./sneaky/passwd:/p:ro"]\n'),
  );
  expect(found).toEqual([
    'red services.a.volumes.source=/etc/new/deep',
    `red services.a.volumes.source=${join(directory, 'docker.sock')}`,
    'red services.a.volumes.source=/etc/passwd:ro',
  ]);
});

test.each([
  ['long form', '    volumes: [{type: bind, source: /srv/data, target: /x, read_only: true}]\n'],
  ['short form', '    volumes: ["/srv/data:/x:ro"]\n'],
])('a folder of the machine in %s has one id', async (_form, text) => {
  expect(await asked(service(text))).toEqual(['red services.a.volumes.source=/srv/data:ro']);
});

test.each([
  ['o: bind', '{type: none, o: bind, device: /srv/data}', '/srv/data'],
  ['o: rbind', '{type: none, o: rbind, device: /srv/data}', '/srv/data'],
  ['a list of options', '{type: none, o: "ro,bind,nosuid", device: /srv/data}', '/srv/data'],
  ['no type', '{o: bind, device: /srv/data}', '/srv/data'],
  ['a block device', '{type: ext4, device: /dev/sda1}', '/dev/sda1'],
  ['an overlay', '{type: overlay, device: overlay, o: "lowerdir=/:/x,upperdir=/y,workdir=/z"}', '/'],
])('a volume that is a folder of the machine by another name: %s', async (_form, options, path) => {
  const found = await asked(`${service('    volumes: [data:/d]\n')}volumes: {data: {driver_opts: ${options}}}\n`);
  expect(found).toContain(`red volumes.data.driver_opts.device=${path}`);
});

test('a volume over the network, and one of another driver, name no path of the machine', async () => {
  const volumes =
    'volumes: {net: {driver_opts: {type: nfs, o: "addr=10.0.0.1,rw", device: ":/x"}}, oth: {driver: other, driver_opts: {device: /x}}}\n';
  expect(await asked(`${service('    volumes: [net:/n, oth:/o]\n')}${volumes}`)).toEqual([]);
});

test('the clock of the machine, read only, is a note; writable it is not', async () => {
  expect(await asked(service('    volumes: [/etc/localtime:/etc/localtime:ro]\n'))).toEqual([
    'amber services.a.volumes.source=/etc/localtime:ro',
  ]);
  expect(await asked(service('    volumes: [/etc/localtime:/etc/localtime]\n'))).toEqual([
    expect.stringMatching(/^red services\.a\.volumes\.source=\/[^:]*$/),
  ]);
});

test('capabilities that servers need are no red flag, one more is', async () => {
  expect(await asked(service('    cap_add: [NET_BIND_SERVICE, CAP_CHOWN]\n'))).toEqual([
    'amber services.a.cap_add=NET_BIND_SERVICE',
    'amber services.a.cap_add=CAP_CHOWN',
  ]);
  expect(await asked(service('    cap_add: [NET_BIND_SERVICE, SYS_ADMIN]\n'))).toEqual([
    'amber services.a.cap_add=NET_BIND_SERVICE',
    'red services.a.cap_add=SYS_ADMIN',
  ]);
});

test('the parser of Docker itself is nobody else’s, and a comment further down is a comment', async () => {
  expect(await asked(service('    build: {context: ., dockerfile: own.Dockerfile}\n'))).toEqual([]);
});

test('a service that a profile keeps from running asks for nothing, and neither does one that keeps to its folder', async () => {
  expect(await asked('name: p\nservices: {a: {image: x}, b: {image: x, profiles: [off], privileged: true}}\n')).toEqual(
    [],
  );
  const tame =
    'name: p\nservices: {a: {build: ., volumes: ["./inside:/x", ".:/y", "v1:/v"], read_only: true}}\nvolumes: {v1: }\n';
  expect(await asked(tame)).toEqual([]);
});

test('another command in a hook is another risk', async () => {
  const [one, other] = await Promise.all(
    ['one', 'other'].map((word) => asked(service(`    post_start: [{command: [${word}]}]\n`))),
  );
  expect(one).toHaveLength(1);
  expect(one).not.toEqual(other);
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
