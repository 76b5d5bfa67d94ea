import { createSocket } from 'node:dgram';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Finding, type PreflightReport, QuaysideError } from '#contract/index.ts';
import { connect } from '#engine/docker/index.ts';
import { preflightInput } from '#testing/preflight-input.ts';
import type { PreflightInput } from './check.ts';
import { runCheck, runPreflight } from './run.ts';

let directory: string;
let servers: Server[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quayside-preflight-'));
});
afterEach(async () => {
  for (const server of servers) server.close();
  servers = [];
  await rm(directory, { recursive: true, force: true });
});

const noEngine = (): never => {
  throw new QuaysideError('ENGINE_ENDPOINT', 'It cannot be told which engine is meant.', { remedy: 'Name it.' });
};

async function preflight(compose: string, env: Record<string, string> = {}): Promise<PreflightReport> {
  await writeFile(join(directory, 'compose.yaml'), compose);
  return runPreflight(await preflightInput(directory, () => Promise.resolve().then(noEngine), env));
}

const of = ({ findings }: PreflightReport, check: string): Finding[] =>
  findings.filter((finding) => finding.check === check);

/** A port that is listened on. */
async function occupy(host = '0.0.0.0'): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** An environment without files. */
const nothing = (): PreflightInput => ({
  environment: 'e',
  directory,
  project: 'p',
  envFiles: [],
  gateway: () => Promise.resolve().then(noEngine),
  variables: () => Promise.resolve(undefined),
  originOf: () => Promise.resolve(undefined),
});

const service = (lines: string): string => `services:\n  web:\n    image: a\n${lines}`;

describe('files and variables', () => {
  test('broken YAML is a blocker with its place', async () => {
    const report = await preflight('services:\n  web:\n    image: [a\n');
    expect(report.ok).toBe(false);
    expect(of(report, 'files')[0]).toMatchObject({
      severity: 'blocker',
      title: expect.stringMatching(/^compose\.yaml:\d+:\d+: /) as unknown,
      details: { place: { line: expect.any(Number) as unknown } },
    });
  });

  test('an unset variable is a warning with its line, a required one a blocker', async () => {
    const unset = await preflight('services:\n  web:\n    image: a:$TAG\n    hostname: $TAG\n');
    expect(of(unset, 'variables')).toMatchObject([
      { severity: 'warning', title: 'The variable TAG is not set (compose.yaml:3, compose.yaml:4)' },
    ]);
    expect(of(unset, 'files')).toMatchObject([{ severity: 'ok', title: 'compose.yaml: 1 service' }]);
    const required = await preflight(service('    hostname: ${NAME:?say which}\n'));
    expect(of(required, 'variables')).toMatchObject([{ severity: 'blocker', details: { variable: 'NAME' } }]);
    expect(of(required, 'files')).toEqual([]);
    const set = await preflight(service('    hostname: ${NAME:?say which}\n'), { NAME: 'x' });
    expect(of(set, 'variables')).toMatchObject([{ severity: 'ok' }]);
  });

  test('a missing .env counts for more where variables are missing', async () => {
    await writeFile(join(directory, '.env.example'), 'TAG=1\n');
    expect(of(await preflight(service('')), 'env-file')).toMatchObject([
      { severity: 'note', remedy: 'Copy .env.example to .env and fill in the values.' },
    ]);
    expect(of(await preflight(service('    hostname: $TAG\n')), 'env-file')).toMatchObject([{ severity: 'warning' }]);
    await writeFile(join(directory, '.env'), 'TAG=1\n');
    expect(of(await preflight(service('    hostname: $TAG\n')), 'env-file')).toMatchObject([{ severity: 'ok' }]);
  });
});

describe('reach', () => {
  test('what leaves the folder or asks for privileges is named with its line', async () => {
    const asking = await preflight(service('    privileged: true\n    volumes: [/etc:/e]\n'));
    const found = of(asking, 'reach').filter(({ severity }) => severity === 'warning');
    expect(found.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^compose\.yaml:\d+: the service web is privileged/),
      expect.stringMatching(/^compose\.yaml:\d+: the service web mounts \/etc, outside the project/),
    ]);
    const [kept] = of(await preflight(service('    volumes: [./inside:/e]\n')), 'reach');
    expect(kept).toMatchObject({ severity: 'ok' });
  });

  test('what could be tighter is one note for all services that have it', async () => {
    const two = await preflight('services:\n  web: {image: "a:1"}\n  db: {image: "b:1", user: root}\n');
    const notes = of(two, 'reach').filter(({ severity }) => severity === 'note');
    expect(notes.map(({ title }) => title)).toEqual([
      '2 services each: takes its image by a name that can move, not by digest',
      '2 services each: has no memory limit',
      '2 services each: has no limit of processes',
      'compose.yaml:3: the service db runs as root',
    ]);
    expect(notes[0]?.why).toContain('web (compose.yaml:2), db (compose.yaml:3)');
  });
});

describe('ports', () => {
  const publishing = (published: string): string => service(`    ports:\n      - "${published}"\n`);

  test('a port of another program is named with the program, and a free one offered', async () => {
    const port = await occupy();
    const [finding] = of(await preflight(publishing(`${port}:80`)), 'ports');
    expect(finding).toMatchObject({ severity: 'blocker', details: { service: 'web', port } });
    if (process.platform === 'linux')
      expect(finding?.details).toMatchObject({ pid: process.pid, name: basename(process.execPath) });
    const free = Number(finding?.details?.['free']);
    expect(free).toBeGreaterThan(port);
    expect(finding?.remedy).toContain(String(free));
    expect(of(await preflight(publishing(`${free}:80`)), 'ports')).toMatchObject([{ severity: 'ok' }]);
  });

  test('only the address that is asked for has to be free', async () => {
    const port = await occupy('127.0.0.1');
    expect(of(await preflight(publishing(`127.0.0.1:${port}:80`)), 'ports')[0]?.severity).toBe('blocker');
    expect(of(await preflight(publishing(`127.0.0.2:${port}:80`)), 'ports')[0]?.severity).toBe('ok');
  });

  test('UDP has ports of its own', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) =>
      socket.bind(0, () => {
        resolve();
      }),
    );
    const { port } = socket.address();
    expect(of(await preflight(publishing(`${port}:53/udp`)), 'ports')[0]).toMatchObject({ severity: 'blocker' });
    expect(of(await preflight(publishing(`${port}:53`)), 'ports')[0]).toMatchObject({ severity: 'ok' });
    await new Promise<void>((resolve) =>
      socket.close(() => {
        resolve();
      }),
    );
  });

  test('a range needs one free port; a port that the engine chooses needs nothing', async () => {
    const port = await occupy();
    expect(of(await preflight(publishing(`${port}-${port + 20}:80`)), 'ports')[0]?.severity).toBe('ok');
    expect(of(await preflight(publishing('80')), 'ports')).toEqual([]);
  });

  test('two services that want the same port', async () => {
    const port = await occupy();
    servers.splice(0).forEach((server) => server.close());
    const both = ['a', 'b'].map((name) => `  ${name}:\n    image: x\n    ports: ["${port}:80"]\n`).join('');
    expect(of(await preflight(`services:\n${both}`), 'ports')).toMatchObject([
      { title: `a and b both publish port ${port}` },
    ]);
  });
});

describe('the rest', () => {
  test('mounted folders that are not there', async () => {
    await mkdir(join(directory, 'there'));
    const mounts = (create: boolean): string =>
      service(
        `    volumes:\n      - ./there:/a\n      - type: bind\n        source: ./gone\n        target: /b\n        bind: { create_host_path: ${String(create)} }\n`,
      );
    expect(of(await preflight(mounts(true)), 'bind-paths')).toMatchObject([
      { severity: 'warning', details: { source: join(directory, 'gone') } },
    ]);
    expect(of(await preflight(mounts(false)), 'bind-paths')).toMatchObject([{ severity: 'blocker' }]);
    await mkdir(join(directory, 'gone'));
    expect(of(await preflight(mounts(false)), 'bind-paths')).toMatchObject([{ severity: 'ok' }]);
  });

  test('no engine is a blocker with a remedy, wherever it fails', async () => {
    expect(of(await preflight(service('')), 'engine')).toMatchObject([{ severity: 'blocker', remedy: 'Name it.' }]);
    const gateway = connect({ url: 'unix:///nowhere/docker.sock', source: 'test' });
    const input = { ...nothing(), gateway: () => Promise.resolve(gateway) };
    const report = await runPreflight(input);
    expect(of(report, 'engine')).toMatchObject([{ severity: 'blocker', details: { code: 'ENGINE_DOWN' } }]);
    // Nothing else complains about it.
    await writeFile(
      join(directory, 'compose.yaml'),
      service('    ports: ["80:80"]\n    cpus: 1\n    container_name: x\n'),
    );
    const whole = await runPreflight(await preflightInput(directory, () => Promise.resolve(gateway)));
    expect(whole.findings.filter(({ title }) => title.includes('could not be made'))).toEqual([]);
    gateway.dispose();
  });

  test('a check that throws or hangs becomes a warning', async () => {
    const input = nothing();
    const throwing = { name: 'x', run: () => Promise.reject(new Error('defect')) };
    expect(await runCheck(throwing, input, 1000)).toMatchObject([
      { check: 'x', severity: 'warning', title: expect.stringContaining('defect') as unknown },
    ]);
    const hanging = { name: 'y', run: () => new Promise<Finding[]>(() => undefined) };
    expect(await runCheck(hanging, input, 10)).toMatchObject([{ check: 'y', severity: 'warning' }]);
  });
});
