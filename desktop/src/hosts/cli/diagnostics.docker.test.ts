import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { quayside } from '#testing/quayside-command.ts';

let project: ComposeProject;
let folder: string;

beforeEach(async () => {
  project = await createComposeProject();
  folder = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
});

afterEach(async () => {
  await project.remove();
  await rm(folder, { recursive: true });
});

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  quayside(['-C', project.directory, ...args], {
    COMPOSE_PROJECT_NAME: project.name,
    QUAYSIDE_STATE_DIR: join(folder, 'state'),
    ...env,
  });

const sleeper = { image: 'node:24-bookworm-slim', init: true, command: ['sleep', '10000'], stop_grace_period: '1s' };

async function unpacked(file: string): Promise<Map<string, string>> {
  const files = unzipSync(await readFile(file));
  return new Map(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

/** Prints every secret that the container knows, in the ways in which programs do, and then that it is ready. */
const talkative = `
const fs = require('node:fs');
const { DB_PASSWORD, ODD_SECRET, DATABASE_URL } = process.env;
const file = fs.readFileSync('/run/secrets/db', 'utf8');
console.log('connecting with', DB_PASSWORD, 'to', DATABASE_URL);
console.log(JSON.stringify({ level: 'error', odd: ODD_SECRET, inner: JSON.stringify({ odd: ODD_SECRET }) }));
console.log('file says', file, 'and', file.split('\\n')[1]);
console.log('login with', process.argv[1], Buffer.from('robot:' + process.argv[1]).toString('base64'));
console.log('encoded', encodeURIComponent(ODD_SECRET), Buffer.from(DB_PASSWORD).toString('base64'));
console.log('everything is ready');
setInterval(() => undefined, 1000);
`;

const canaries = {
  before: 'canary-before-it-was-changed',
  now: 'canary-in-the-env-file',
  odd: 'canary "odd" \\ and/or $ more?',
  unused: 'canary-unused-token',
  file: 'canary-first-line-of-a-file\ncanary-second-line-of-a-file\n',
  login: 'canary-of-the-registry',
  process: 'canary-of-the-process',
  extension: 'canary-in-an-extension',
  hook: 'canary-in-a-hook',
};

async function writeTalkative(): Promise<Record<string, string>> {
  await project.write('db.txt', canaries.file);
  await project.write('compose.yaml', {
    'x-notes': { api_key: canaries.extension },
    services: {
      web: {
        ...sleeper,
        command: ['node', '-e', talkative.replaceAll('$', '$$$$'), canaries.login],
        environment: {
          DB_PASSWORD: '${DB_PASSWORD}',
          ODD_SECRET: '${ODD_SECRET}',
          DATABASE_URL: 'postgres://shop:${DB_PASSWORD}@db/shop',
        },
        labels: { deployed_with: '${CI_TOKEN}' },
        secrets: ['db'],
        post_start: [{ command: ['true'], environment: { HOOK_TOKEN: canaries.hook } }],
        healthcheck: { test: ['CMD-SHELL', 'echo "probing with $$DB_PASSWORD"'], interval: '1s' },
      },
      away: { image: 'localhost:1/qs-test/away:1', scale: 0 },
    },
    secrets: { db: { file: './db.txt' } },
  });
  const auth = Buffer.from(`robot:${canaries.login}`).toString('base64');
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { 'localhost:1': { auth } } }));
  return { DOCKER_CONFIG: folder, CI_TOKEN: canaries.process };
}

const envFile = (password: string): string =>
  `DB_PASSWORD=${password}\nODD_SECRET='${canaries.odd}'\nUNUSED_TOKEN=${canaries.unused}\n`;

test('no secret is in a bundle, whatever the files, the containers, the logs and the probes say', async () => {
  const env = await writeTalkative();
  await project.write('.env', envFile(canaries.before));
  const planned = await run(['--json', 'plan'], env);
  const { plan } = JSON.parse(planned.out) as { plan: { risks: { id: string }[] } };
  const up = await run(['up', 'web', ...plan.risks.flatMap(({ id }) => ['--allow-risk', id])], env);
  expect(up.status, up.err).toBe(0);
  await project.write('.env', envFile(canaries.now));

  const file = join(folder, 'bundle.zip');
  const saved = await run(['--json', 'diagnostics', '--output', file], env);
  expect(saved.status, saved.err).toBe(0);
  expect(saved.out + saved.err).not.toContain('canary');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const files = await unpacked(file);
  expect([...files.keys()].sort()).toEqual([
    'about.txt',
    'activity.json',
    'builds.json',
    'differences.json',
    'engine.json',
    'files.txt',
    'logs/web.log',
    'model.yaml',
    'plan.txt',
    'preflight.json',
    'project.json',
    'releases.json',
    'services.json',
    'settings.json',
    'variables.json',
    'versions.json',
  ]);
  for (const [name, text] of files) expect(text, name).not.toMatch(/canary/i);
  const told = [...files.values()].join('\n');
  const encoded = [canaries.now, canaries.before, canaries.odd, canaries.login, `robot:${canaries.login}`];
  for (const one of encoded) expect(told).not.toContain(Buffer.from(one).toString('base64'));
  expect(told).not.toContain('HostConfig');

  // It still tells what it is for.
  expect(files.get('logs/web.log')).toContain('connecting with ********');
  expect(files.get('logs/web.log')).toContain('everything is ready');
  expect(files.get('services.json')).toContain('probing with ********');
  expect(files.get('model.yaml')).toMatch(/DB_PASSWORD: \W*\*{8}/);
  expect(files.get('plan.txt')).toContain('container.create');
  expect(files.get('differences.json')).toContain('DB_PASSWORD');
  expect(files.get('files.txt')).toContain('.env  ');
  expect(files.get('engine.json')).toContain('"state": "connected"');
  expect(files.get('activity.json')).toContain('"kind": "up"');
  expect(files.get('about.txt')).not.toContain('Not whole');
}, 180_000);

test('a bundle can be listed, files can be left out of it, and what cannot be read says so', async () => {
  await project.write('compose.yaml', { services: { web: sleeper } });
  const listed = await run(['--json', 'diagnostics', '--list', '--lines', '0']);
  expect(listed.status, listed.err).toBe(0);
  const { files } = JSON.parse(listed.out) as { files: { name: string; bytes: number }[] };
  expect(files.map(({ name }) => name)).toContain('model.yaml');
  expect(files.every(({ bytes }) => bytes > 0)).toBe(true);

  const file = join(folder, 'bundle.zip');
  const parts = await run(['diagnostics', '--output', file, '--without', 'model.yaml', '--without', 'activity.json']);
  expect(parts.status, parts.err).toBe(0);
  expect([...(await unpacked(file)).keys()]).not.toContain('model.yaml');
  const unknown = await run(['diagnostics', '--output', join(folder, 'no.zip'), '--without', 'modell.yaml']);
  expect(unknown.status).toBe(2);
  expect(unknown.err).toContain('There is no modell.yaml in the bundle.');
  await expect(stat(join(folder, 'no.zip'))).rejects.toThrow('ENOENT');

  const down = await run(['--host', `unix://${folder}/no.sock`, 'diagnostics', '--output', file]);
  expect(down.status, down.err).toBe(0);
  const told = await unpacked(file);
  expect(told.get('plan.txt')).toContain('It could not be read: ');
  expect(told.get('model.yaml')).toContain('image: node:24-bookworm-slim');
  expect(told.get('about.txt')).toContain('Not looked for: The environment of the containers could not be read.');

  await rm(join(project.directory, 'compose.yaml'));
  const bare = await run(['diagnostics', '--output', file]);
  expect(bare.status, bare.err).toBe(0);
  expect([...(await unpacked(file)).keys()]).toContain('engine.json');
  expect((await run(['diagnostics', '--output', join(folder, 'none', 'bundle.zip')])).status).toBe(1);
}, 120_000);

test('the doctor says what is wrong and ends with the status of that', async () => {
  await project.write('compose.yaml', { services: { web: sleeper } });
  const fine = await run(['doctor']);
  expect(fine.status, fine.out + fine.err).toBe(0);
  expect(fine.out).toContain('Nothing is in the way.');

  const down = await run(['--host', `unix://${folder}/no.sock`, 'doctor']);
  expect(down.status).toBe(7);
  expect(down.out).toContain('No engine answers, so nothing can be started.');
  expect(down.err).toContain('quayside diagnostics');

  await project.write('compose.yaml', {
    services: { web: { ...sleeper, environment: { KEY: '${KEY:?ask for it}' } } },
  });
  const refused = await run(['--json', 'doctor']);
  expect(refused.status).toBe(3);
  expect(JSON.parse(refused.out)).toMatchObject({ type: 'result', ok: false, preflight: { ok: false } });
  expect(refused.err).toContain('ask for it');
}, 120_000);
