import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Finding } from '#contract/index.ts';
import { loadModel } from '#engine/compose/index.ts';
import { connect, type DockerGateway } from '#engine/docker/index.ts';
import { dockerText as docker, removeLabelled, testEngine } from '#testing/docker-cli.ts';
import { preflightInput } from '#testing/preflight-input.ts';
import { startLocalRegistry } from '#testing/registry/local-registry.ts';
import { configWithLogin, pushImage } from '#testing/registry/push-image.ts';
import { runPreflight } from './index.ts';

const label = `quayside.test=preflight-${process.pid}`;
const name = `qs-test-watch-${process.pid}-holder`;
let directory: string;
let gateway: DockerGateway;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quayside-preflight-'));
  gateway = connect({ url: testEngine(), source: 'test' });
});
afterEach(async () => {
  gateway.dispose();
  await removeLabelled(label);
  await rm(directory, { recursive: true, force: true });
});

test('a port of another project’s container is named; that of the own project is no obstacle', async () => {
  const labels = ['--label', label, '--label', 'com.docker.compose.project=other'];
  await docker('run', '-d', '--name', name, ...labels, '-p', '127.0.0.1:0:80', 'node:24-bookworm-slim', 'sleep', '60');
  const port = Number((await docker('port', name, '80/tcp')).split('\n')[0]?.split(':').at(-1));
  await writeFile(join(directory, 'compose.yaml'), `services:\n  web:\n    image: a\n    ports: ["${port}:80"]\n`);
  const model = await loadModel({ directory, files: ['compose.yaml'], envFiles: [], profiles: [], env: {} });
  const run = (project: string, read = model) =>
    runPreflight({
      environment: 'default',
      directory,
      project,
      model: read,
      envFiles: [],
      gateway: () => Promise.resolve(gateway),
      variables: () => Promise.resolve(undefined),
      originOf: () => Promise.resolve(undefined),
    });

  const report = await run('shop');
  expect(report.ok).toBe(false);
  expect(report.findings.find(({ check }) => check === 'ports')).toMatchObject({
    severity: 'blocker',
    title: `Port ${port}, which web publishes, is taken by the container ${name} (project other)`,
    details: { container: name, project: 'other', free: expect.any(Number) as unknown },
  });
  expect(report.findings.find(({ check }) => check === 'engine')).toMatchObject({
    severity: 'ok',
    title: expect.stringContaining(await docker('version', '-f', '{{.Server.Version}}')) as unknown,
  });
  expect((await run('other')).ok).toBe(true);

  await writeFile(
    join(directory, 'compose.yaml'),
    `services:\n  web:\n    image: a\n    ports: ["127.0.0.2:${port}:80"]\n`,
  );
  const elsewhere = await loadModel({ directory, files: ['compose.yaml'], envFiles: [], profiles: [], env: {} });
  expect((await run('shop', elsewhere)).findings.find(({ check }) => check === 'ports')?.severity).toBe('ok');
});

/** Findings of one check for a compose file. */
async function findings(compose: object, check: string, engine: DockerGateway = gateway): Promise<Finding[]> {
  await writeFile(join(directory, 'compose.yaml'), JSON.stringify(compose));
  const report = await runPreflight(await preflightInput(directory, () => Promise.resolve(engine)));
  return report.findings.filter((finding) => finding.check === check);
}

test('the machine of the engine is as docker info tells, and its clock is ours', async () => {
  const [memory, cpus] = (await docker('info', '-f', '{{.MemTotal}} {{.NCPU}}')).split(' ').map(Number);
  const machine = await gateway.machine();
  expect(machine).toMatchObject({ memory, cpus });
  expect(Math.abs(machine.clock?.aheadMs ?? Infinity)).toBeLessThan(1000 + (machine.clock?.withinMs ?? 0));
  expect(await findings({ services: { web: { image: 'a' } } }, 'clock')).toMatchObject([{ severity: 'ok' }]);
});

test('more processors than the engine has are a blocker, and the engine refuses them indeed', async () => {
  const { cpus = 0 } = await gateway.machine();
  const limited = (wanted: number) => ({ services: { web: { image: 'node:24-bookworm-slim', cpus: wanted } } });
  expect(await findings(limited(cpus), 'limits')).toMatchObject([{ severity: 'ok' }]);
  expect(await findings(limited(cpus + 1), 'limits')).toMatchObject([{ severity: 'blocker' }]);
  const made = docker('create', '--label', label, '--cpus', String(cpus + 1), 'node:24-bookworm-slim');
  await expect(made).rejects.toThrow(/CPUs/i);
});

test('a container name that another container has is a blocker until that one is renamed', async () => {
  await docker('create', '--name', name, '--label', label, 'node:24-bookworm-slim');
  const compose = { services: { web: { image: 'node:24-bookworm-slim', container_name: name } } };
  const [taken] = await findings(compose, 'names');
  expect(taken).toMatchObject({ severity: 'blocker', details: { container: name } });
  const [repair] = taken?.repairs ?? [];
  if (repair?.kind !== 'command') throw new Error('there is a command');
  const [program, ...args] = repair.command.split(' ');
  expect(program).toBe('docker');
  await docker(...args);
  expect(await findings(compose, 'names')).toMatchObject([{ severity: 'ok' }]);
});

test('an image that is not here is asked for in its registry, with the saved login, without being pulled', async () => {
  const registry = await startLocalRegistry({ login: true });
  try {
    const image = `${registry.host}/qs-test-preflight:1`;
    await pushImage(image, true);
    const compose = { services: { web: { image } } };
    const config = join(directory, 'docker');
    const withConfig = async (text: string, wanted: object = compose) => {
      await mkdir(config, { recursive: true });
      await writeFile(join(config, 'config.json'), text);
      const engine = connect({ url: testEngine(), source: 'test' }, { env: { DOCKER_CONFIG: config } });
      try {
        return await findings(wanted, 'images', engine);
      } finally {
        engine.dispose();
      }
    };
    expect(await withConfig('{}')).toMatchObject([
      { severity: 'warning', repairs: [{ kind: 'registry-login', registry: registry.host }] },
    ]);
    const login = configWithLogin(registry.host);
    expect(await withConfig(login)).toMatchObject([{ severity: 'ok' }]);
    expect(await gateway.images.find(image)).toBeUndefined();
    const other = { services: { web: { image: `${registry.host}/qs-test-preflight:2` } } };
    expect(await withConfig(login, other)).toMatchObject([
      { severity: 'warning', details: { code: 'IMAGE_NOT_FOUND' } },
    ]);
  } finally {
    await registry.dispose();
  }
});
