import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '#engine/engine.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { quayside } from '#testing/quayside-command.ts';

let project: ComposeProject;
let state: string;

const services = {
  web: {
    image: 'node:24-bookworm-slim',
    init: true,
    command: ['sleep', '10000'],
    stop_grace_period: '1s',
    environment: { GREETING: '${GREETING:-hello}', API_KEY: '${API_KEY:?ask for one}' },
  },
  other: { image: 'node:24-bookworm-slim', init: true, command: ['sleep', '10000'], stop_grace_period: '1s' },
};

beforeEach(async () => {
  project = await createComposeProject({ services });
  state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
});

afterEach(async () => {
  await project.remove();
  await rm(state, { recursive: true });
});

const run = (args: readonly string[], input = '') =>
  quayside(['-C', project.directory, '-p', project.name, ...args], { QUAYSIDE_STATE_DIR: state }, undefined, input);

test('variables are listed, set and taken out from the command line', async () => {
  const before = await run(['env']);
  expect(before.status).toBe(2);
  expect(before.out).toContain('required: ask for one');
  expect((await run(['env', 'set', 'API_KEY'], 'canary-$ecret\n')).status).toBe(0);
  expect((await run(['env', 'set', 'GREETING=good day', 'X=1'])).out).toContain('GREETING added');
  expect(await project.read('.env')).toBe("API_KEY='canary-$ecret'\nGREETING='good day'\nX=1\n");
  const listed = await run(['env']);
  expect(listed.status).toBe(0);
  expect(listed.out).toContain('GREETING=good day  .env:2');
  expect(listed.out).toContain('X=1  .env:3; not used');
  expect(listed.out).not.toContain('canary');
  const dry = await run(['--json', 'env', 'unset', 'X', '--dry-run']);
  expect(JSON.parse(dry.out.trim())).toMatchObject({
    ok: true,
    saved: false,
    changes: [{ name: 'X', kind: 'removed' }],
  });
  expect((await run(['env', 'unset', 'X'])).status).toBe(0);
  expect(await project.read('.env')).not.toContain('X=1');
  const origins = await run(['config', '--origins']);
  expect(origins.out).toMatch(/GREETING: good day +# compose\.yaml:1 \$GREETING/);
  expect(origins.out).not.toContain('canary');
  expect((await run(['activity'])).out).toContain('.env: GREETING, X added');
});

test('what cannot be set is refused with status 2, and nothing is saved', async () => {
  for (const args of [
    ['set', '1A=x'],
    ['unset', 'NOPE'],
    ['set', 'A', 'B'],
    ['set', 'A=1', '--in', 'compose.yaml'],
    ['set'],
  ]) {
    expect([args, (await run(['env', ...args])).status]).toEqual([args, 2]);
  }
  await expect(project.read('.env')).rejects.toThrow();
});

test('what runs otherwise than the files say is told service by service', async () => {
  await project.write('.env', 'API_KEY=canary-one\n');
  expect((await run(['up'])).status).toBe(0);
  const engine = createEngine({
    directory: project.directory,
    selection: { files: [], envFiles: [], profiles: [], projectName: project.name },
    endpoint: {},
    hostKind: 'test',
    version: '0',
    env: { ...process.env, QUAYSIDE_STATE_DIR: state },
  });
  try {
    expect((await engine.configuration.differences('default')).map(({ state: word }) => word)).toEqual([
      'same',
      'same',
    ]);
    const { other: _other, ...rest } = services;
    const limited = { mem_limit: '64m', cpus: 0.5, healthcheck: { test: ['CMD', 'true'], interval: '2s' } };
    const web = {
      ...rest.web,
      restart: 'always',
      ports: ['127.0.0.1:45123:80'],
      command: ['sleep', 'canary-two'],
      ...limited,
    };
    await project.write('compose.yaml', JSON.stringify({ services: { web, more: services.other } }));
    await project.write('.env', 'API_KEY=canary-two\nGREETING=bye\n');
    const differences = await engine.configuration.differences('default');
    expect(differences.map(({ service, state: word }) => [service, word])).toEqual([
      ['web', 'differs'],
      ['more', 'missing'],
      ['other', 'extra'],
    ]);
    expect(differences[0]?.differences).toEqual([
      { what: 'variable API_KEY', runs: '********', files: '********' },
      { what: 'variable GREETING', runs: 'hello', files: 'bye' },
      { what: 'ports', files: '127.0.0.1:45123 to 80' },
      { what: 'command', runs: 'sleep 10000', files: 'sleep ********' },
      { what: 'restart', runs: 'no', files: 'always' },
      { what: 'memory limit', files: '64 MB' },
      { what: 'CPU limit', files: '0.5' },
      { what: 'health check', files: 'true, every 2 s' },
    ]);
  } finally {
    await engine.dispose();
  }
});
