import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createRouter } from '#api/router.ts';
import { serveInProcess } from '#api/serve/in-process.ts';
import { createEngine } from '#engine/engine.ts';
import { version } from '#kit/version.ts';
import { type ComposeProject, createComposeProject, webService } from '#testing/compose-project.ts';
import { type Ended, quayside } from '#testing/quayside-command.ts';

const cleanup: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const clean of cleanup.splice(0).reverse()) await clean();
});

async function project(content?: object): Promise<ComposeProject & { run: (...args: string[]) => Promise<Ended> }> {
  const made = await createComposeProject(content);
  cleanup.push(() => made.remove());
  return { ...made, run: (...args) => quayside(['-C', made.directory, '-p', made.name, ...args]) };
}

function listen(server: Server): Promise<number> {
  cleanup.push(() => new Promise((resolve) => server.close(resolve)));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

interface Result {
  readonly type: string;
  readonly ok: boolean;
  readonly problem?: {
    readonly code: string;
    readonly message: string;
    readonly remedy?: string;
    readonly details?: Record<string, unknown>;
  };
}

/** The last line of --json output; all lines have to be JSON of the two kinds. */
function resultOf({ out }: Ended): Result {
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
  expect(lines.slice(0, -1).every(({ type }) => type === 'event')).toBe(true);
  const last = lines.at(-1);
  if (last?.type !== 'result') throw new Error(`no result in ${out}`);
  return last;
}

const oneService = { services: { web: webService() } };

describe('a stack from start to end', () => {
  test('up, ps, health, logs, stop, start, restart, down', async () => {
    const { run } = await project(oneService);
    const up = await run('--json', 'up');
    expect(up.err).toContain('1 service up and ready');
    expect(resultOf(up).ok).toBe(true);
    expect((await run('up', '-d')).out).toContain('Nothing to do');
    expect((await run('ps')).out).toMatch(/web\s+healthy/);
    expect((await run('health')).status).toBe(0);
    expect((await run('logs')).status).toBe(0);
    expect((await run('stop', '-t', '1')).status).toBe(0);
    expect((await run('health')).status).toBe(1);
    expect((await run('start')).status).toBe(0);
    expect((await run('restart', '-t', '1')).status).toBe(0);
    expect((await run('down', '-t', '1')).status).toBe(0);
    expect((await run('ps')).out).toContain('missing');
  });

  test('one started elsewhere is listed, watched, stopped and taken down from its labels, its files gone', async () => {
    const { run, name, directory } = await project(oneService);
    expect((await run('up')).status).toBe(0);
    const elsewhere = await mkdtemp(join(tmpdir(), 'qs-test-elsewhere-'));
    cleanup.push(() => rm(elsewhere, { recursive: true }));
    const outside = (...args: string[]): Promise<Ended> => quayside(['-C', elsewhere, ...args]);
    expect((await outside('ls')).out).toMatch(new RegExp(`${name} +1 of 1 running +${directory}`));
    expect((await outside('-p', name, 'config', '--hash', '*')).out).toMatch(/^web [0-9a-f]{64}/);
    await rm(directory, { recursive: true });
    expect((await outside('-p', name, 'ps')).out).toMatch(/web +(healthy|running)/);
    const changed = await outside('-p', name, 'up');
    expect([changed.status, changed.err]).toEqual([2, expect.stringContaining('cannot be read here')]);
    expect((await outside('-p', name, 'stop')).status).toBe(0);
    expect((await outside('ls')).out).toContain('0 of 1 running');
    expect((await outside('-p', name, 'start')).status).toBe(0);
    expect((await outside('-p', name, 'down')).status).toBe(0);
    expect((await outside('ls')).out).not.toContain(name);
    const unknown = await outside('-p', name, 'ps');
    expect([unknown.status, unknown.err]).toEqual([2, expect.stringContaining(`no project named ${name}`)]);
  });

  test('plan shows each step with its cause and changes nothing', async () => {
    const { run, compose } = await project(oneService);
    const { out, status } = await run('plan');
    expect(status).toBe(0);
    expect(out).toMatch(/create container .*-web-1 because there is no container yet/);
    expect(out).toContain('docker compose -p');
    expect(await compose('ps', '-a', '-q')).toBe('');
  });

  test('config prints the model and the hashes of docker compose', async () => {
    const { run, compose } = await project(oneService);
    expect(JSON.parse((await run('config', '--format', 'json')).out)).toEqual(
      JSON.parse(await compose('config', '--format', 'json')),
    );
    expect((await run('config', '--hash', '*')).out).toBe(await compose('config', '--hash', '*'));
  });
});

describe('bad input', () => {
  test('no engine: exit 7, with what to do', async () => {
    const { directory } = await project(oneService);
    const ended = await quayside(['-C', directory, '--json', 'up'], { DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
    expect(ended.status).toBe(7);
    expect(resultOf(ended).problem).toMatchObject({ code: 'ENGINE_DOWN', remedy: expect.any(String) as unknown });
  });

  test('an engine that is too old: exit 7, with both versions', async () => {
    const { directory } = await project(oneService);
    const version = JSON.stringify({
      Version: '18.09.1',
      ApiVersion: '1.39',
      MinAPIVersion: '1.12',
      Os: 'linux',
      Arch: 'amd64',
    });
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${version.length}\r\n\r\n${version}`;
    const port = await listen(createServer((socket) => socket.once('data', () => socket.end(answer))));
    const ended = await quayside(['-C', directory, '--json', 'up'], { DOCKER_HOST: `tcp://127.0.0.1:${port}` });
    expect(ended.status).toBe(7);
    const { problem } = resultOf(ended);
    expect(problem?.code).toBe('ENGINE_TOO_OLD');
    expect(problem?.message).toContain('1.39');
  });

  test('a folder without compose files: exit 2', async () => {
    const { run } = await project();
    const ended = await run('--json', 'up');
    expect(ended.status).toBe(2);
    expect(resultOf(ended).problem?.code).toBe('PROJECT_NOT_FOUND');
  });

  test('broken YAML: exit 2, with line and column', async () => {
    const { run, write } = await project();
    await write('compose.yaml', 'services:\n  web:\n    image: "x\n');
    const ended = await run('--json', 'up');
    expect(ended.status).toBe(2);
    expect(resultOf(ended).problem).toMatchObject({
      code: 'COMPOSE_INVALID',
      details: { place: { line: expect.any(Number) as unknown, column: expect.any(Number) as unknown } },
    });
  });

  test('a required variable that is not set: exit 2, named with its line', async () => {
    const { run, write } = await project();
    await write('compose.yaml', 'services:\n  web:\n    image: "${IMAGE:?name the image}"\n');
    const ended = await run('--json', 'up');
    expect(ended.status).toBe(2);
    expect(resultOf(ended).problem).toMatchObject({ code: 'VARIABLE_MISSING', details: { place: { line: 3 } } });
    expect(resultOf(ended).problem?.message).toContain('IMAGE');
  });

  test('an unknown key: exit 2, named', async () => {
    const { run } = await project({ services: { web: { image: 'x', comand: 'y' } } });
    const ended = await run('up');
    expect(ended.status).toBe(2);
    expect(ended.err).toContain('comand');
  });

  test('a host port that is taken: exit 3 before anything is made', async () => {
    const port = await listen(createServer());
    const { run, compose } = await project({ services: { web: webService({ ports: [`127.0.0.1:${port}:8000`] }) } });
    const ended = await run('up');
    expect(ended.status).toBe(3);
    expect(ended.out).toContain(String(port));
    expect(await compose('ps', '-a', '-q')).toBe('');
  });

  test('a build that fails: exit 1, with the line of the Dockerfile, and nothing is created', async () => {
    const { run, write, compose } = await project({ services: { web: { build: '.' } } });
    await write('Dockerfile', 'FROM qs-test-debian:bookworm\n\nRUN echo made\nRUN echo broken here && exit 9\n');
    const ended = await run('--json', 'up');
    expect(ended.status).toBe(1);
    expect(resultOf(ended).problem).toMatchObject({ code: 'BUILD_FAILED', details: { line: 4, exitCode: 9 } });
    expect(await compose('ps', '-a', '-q')).toBe('');
  });

  test('a service that never gets healthy: exit 1, with its last probe', async () => {
    const healthcheck = {
      test: ['CMD', 'node', '-e', "console.log('no answer');process.exit(1)"],
      interval: '500ms',
      retries: 2,
    };
    const { run } = await project({ services: { web: webService({ healthcheck }) } });
    const ended = await run('up');
    expect(ended.status).toBe(1);
    expect(ended.err).toContain('no answer');
    expect(ended.err).toContain('remedy');
  });

  test('wrong usage: exit 2', async () => {
    expect((await quayside(['nonsense'])).status).toBe(2);
    expect((await quayside(['up', '--pull', 'sometimes'])).status).toBe(2);
    expect((await quayside(['--help'])).status).toBe(0);
  });
});

describe('data volumes', () => {
  test('down keeps them; without a terminal they have to be named one by one', async () => {
    const { run, name, compose } = await project({
      services: { web: webService({ volumes: ['data:/data'] }) },
      volumes: { data: {} },
    });
    await run('up');
    const refused = await run('down', '--volumes');
    expect(refused.status).toBe(2);
    expect(refused.err).toContain(`--volume ${name}_data`);
    expect(await compose('ps', '-q')).not.toBe('');
    expect((await run('down', '-t', '1')).out).toContain(`Data is kept: ${name}_data`);
    expect((await run('down', '--volume', `${name}_data`)).status).toBe(0);
    expect((await run('--json', 'plan', '--verb', 'down')).out).toContain('"keeps":[]');
  });
});

test('secret values are masked over the contract unless they are asked for', async () => {
  const { directory, name, run } = await project({
    services: {
      web: webService({
        environment: { API_KEY: 'canary-1', LOG_LEVEL: 'info' },
        build: { context: '.', args: { NPM_TOKEN: 'canary-2' } },
      }),
    },
  });
  const engine = createEngine({
    directory,
    selection: { files: [], envFiles: [], profiles: [], projectName: name },
    endpoint: {},
    hostKind: 'test',
    version: '0',
    env: process.env,
  });
  cleanup.push(() => engine.dispose());
  const client = serveInProcess(createRouter(engine));
  const hidden = JSON.stringify(await client.config.show({ environment: 'default' }));
  expect(hidden).not.toMatch(/canary/);
  expect(hidden).toContain('LOG_LEVEL');
  expect((await run('config')).out).toContain('canary-1');
});

test('--version tells the version, also where there is no engine and no project', async () => {
  const ended = await quayside(['--version'], { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  expect(ended).toMatchObject({ status: 0, out: `Quayside ${version}\n`, err: '' });
});
