import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadModel } from '#engine/compose/index.ts';
import { connect, type DockerGateway } from '#engine/docker/index.ts';
import { dockerText as docker, removeLabelled, testEngine } from '#testing/docker-cli.ts';
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
