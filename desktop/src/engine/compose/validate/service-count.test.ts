import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../load.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-count-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const services = (count: number, prefix = 's'): string =>
  `services:\n${Array.from({ length: count }, (_, index) => `  ${prefix}${index}: { image: x }\n`).join('')}`;
const load = (...files: string[]) =>
  loadModel({ directory, files, envFiles: [], profiles: [], env: {}, projectName: 'p' });
const write = (name: string, text: string) => writeFile(join(directory, name), text);

test('a project may have 200 services, and no more', async () => {
  await write('most.yml', services(200));
  expect((await load('most.yml')).services.size).toBe(200);
  await write('more.yml', `name: p\n${services(201)}`);
  await expect(load('more.yml')).rejects.toMatchObject({
    code: 'COMPOSE_INVALID',
    message: 'more.yml:2:1: the project has 201 services; Quayside reads at most 200',
    remedy: 'Split it into several projects, each with compose files of its own.',
  });
});

test('too many services are refused before anything else is looked at', async () => {
  // Merged or checked, the first service would be a mistake of another kind.
  await write('wrong.yml', `${services(20_000)}  wrong: { image: [1], extends: { file: none.yml, service: a } }\n`);
  await expect(load('wrong.yml')).rejects.toThrow(/has 20001 services/);
  await write('user.yml', 'services:\n  a: { extends: { file: wrong.yml, service: s0 } }\n');
  await expect(load('user.yml')).rejects.toThrow(/^wrong\.yml:1:1: .* has 20001 services/);
});

test('what several files and includes bring counts together', async () => {
  await write('one.yml', services(150, 'a'));
  await write('two.yml', services(51, 'b'));
  await expect(load('one.yml', 'two.yml')).rejects.toThrow(/has 201 services/);
  expect((await load('one.yml', 'one.yml')).services.size).toBe(150);
  await write('both.yml', 'include: [one.yml, two.yml, missing.yml]\n');
  await expect(load('both.yml')).rejects.toThrow(/has 201 services/);
  await write('rest.yml', `include: [one.yml]\n${services(51, 'b')}`);
  await expect(load('rest.yml')).rejects.toThrow(/has 201 services/);
});
