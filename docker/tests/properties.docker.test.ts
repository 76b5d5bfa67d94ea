import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { docker } from './support/command.ts';
import { create, jsonLines, published, start } from './support/container.ts';
import { imageOf, services } from './support/images.ts';
import { stackOf } from './support/stack.ts';
import { answering, tryFetch, until } from './support/wait.ts';

const composed = z.object({
  services: z.record(z.string(), z.object({ healthcheck: z.object({ test: z.array(z.string()) }) })),
});

test('Property 1: Compose Service Definition', async () => {
  for (const environment of ['dev', 'prod'] as const) {
    const stack = await stackOf(environment, {});
    const model = composed.parse(JSON.parse(await stack.compose('config', '--format', 'json')));
    expect(Object.keys(model.services)).toEqual(expect.arrayContaining([...services]));
    for (const { healthcheck } of Object.values(model.services))
      expect(healthcheck.test).toEqual(['CMD', 'node', '/app/healthcheck.mjs']);
  }
  // The command is one that the image really has.
  await using container = await start('backend');
  await container.healthy();
});

test('Property 2: Configuration Management', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qs-test-config-'));
  try {
    /** Runs the backend with this as its production.json until it ends or listens, and gives its lines. */
    const started = async (file: object, env: readonly string[]) => {
      await using container = await create(
        'backend',
        env.flatMap((variable) => ['--env', variable]),
      );
      await writeFile(join(folder, container.name), JSON.stringify(file));
      await docker(['cp', join(folder, container.name), `${container.id}:/app/backend/config/production.json`]);
      await docker(['start', container.id]);
      const lines = await until('a first word', async () => {
        const said = await container.lines();
        return said.some(({ level, msg }) => level === 60 || msg.startsWith('listening')) ? said : undefined;
      });
      // What cannot start says so with its last words, and ends a moment later.
      const fatal = lines.some(({ level }) => level === 60);
      const { Status, ExitCode } = await until('a start or an end', async () => {
        const state = await container.state();
        return fatal && state.Status !== 'exited' ? undefined : state;
      });
      return { lines, text: JSON.stringify(lines), ended: Status === 'exited' ? ExitCode : undefined };
    };

    const secret = 'a-long-enough-secret';
    const [inFile, inEnvironment, overridden, fromFile, missing] = await Promise.all([
      started({ apiToken: secret }, []),
      started({}, [`API_TOKEN=${secret}`]),
      started({ port: 1111 }, ['PORT=2222']),
      started({ port: 1111 }, ['PORT=']),
      started({}, ['API_TOKEN_FILE=/run/secrets/absent', 'LOG_LEVEL=loud']),
    ]);

    // Credentials only from the environment, never from a file.
    expect(inFile).toMatchObject({ ended: 78, text: expect.stringContaining('a secret must not be in') as string });
    expect(inFile.text).not.toContain(secret);
    expect(inEnvironment.ended).toBeUndefined();

    // The environment overrides the file.
    expect(overridden.text).toContain('listening on port 2222');
    expect(fromFile.text).toContain('listening on port 1111');

    // What is missing or invalid stops the start, with one clear message.
    expect(missing.ended).toBe(78);
    expect(missing.lines).toHaveLength(1);
    for (const name of ['API_TOKEN_FILE: ', 'LOG_LEVEL: ']) expect(missing.lines[0]?.msg).toContain(name);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('Property 3: Logging Behavior', async () => {
  const id = 'property-three-1';
  const logs = ['--tmpfs', '/logs:rw,noexec,uid=10001', '--env', 'LOG_DIR=/logs'];
  const run = async (level: string) => {
    await using container = await start('frontend', [...logs, '--env', `LOG_LEVEL=${level}`, ...published('frontend')]);
    const url = await container.url();
    await answering(`${url}/health`);
    await (await fetch(`${url}/api/products`, { headers: { 'x-correlation-id': id } })).text();
    const read = `tell(Object.fromEntries(fs.readdirSync("/logs").map((name) => [name, fs.readFileSync("/logs/" + name, "utf8")])));`;
    const files = await until('the request in the error log', async () => {
      const now = await container.run(z.record(z.string(), z.string()), read);
      return now['error_production.log']?.includes(id) === true ? now : undefined;
    });
    const parsed = Object.entries(files).map(([name, text]) => [name.split('_')[0] ?? '', jsonLines(text)] as const);
    return new Map([...parsed, ['output', await container.lines()]]);
  };

  // The backend is not there: the proxy says so, with the id, in every file that it belongs to.
  const info = await run('info');
  expect([...info.keys()].sort()).toEqual(['access', 'app', 'error', 'output']);
  for (const [name, lines] of info) {
    expect(lines.filter(({ correlationId }) => correlationId === id).length, name).toBeGreaterThan(0);
    expect(Math.min(...lines.map(({ level }) => level)), name).toBeGreaterThanOrEqual(name === 'error' ? 50 : 30);
  }
  expect(info.get('app')?.some(({ level }) => level === 30)).toBe(true);
  const errors = (await run('error')).get('output') ?? [];
  expect(Math.min(...errors.map(({ level }) => level))).toBe(50);
});

const readiness = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.object({ status: z.string(), latency_ms: z.number() })),
});

test('Property 4: Health Check Behavior', async () => {
  await using backend = await start('backend', published('backend'));
  await using alone = await start('frontend', published('frontend'));
  for (const container of [backend, alone]) {
    const url = await container.url();
    await answering(`${url}/health`);
    const live = await fetch(`${url}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'alive' }]);
  }
  const ready = await until('ready', async () => {
    const response = await tryFetch(`${await backend.url()}/health/ready`);
    return response?.status === 200 ? readiness.parse(await response.json()) : undefined;
  });
  expect(ready.status).toBe('healthy');
  expect(Object.keys(ready.checks)).toEqual(expect.arrayContaining(['vector_store', 'llm']));

  // Its backend is not there, and that is all that is wrong with it.
  const notReady = await fetch(`${await alone.url()}/health/ready`);
  expect(notReady.status).toBe(503);
  expect(readiness.parse(await notReady.json())).toMatchObject({
    status: 'unhealthy',
    checks: { backend: { status: 'unhealthy' } },
  });
  expect((await fetch(`${await alone.url()}/health`)).status).toBe(200);
});

test('Property 5: Container Security', async () => {
  for (const service of services) {
    const user = await docker(['image', 'inspect', imageOf(service), '--format', '{{.Config.User}}']);
    expect(user).toMatch(/^[1-9]\d*(:[1-9]\d*)?$/);
    await using container = await start(service);
    expect(await container.run(z.number(), 'tell(process.getuid());')).toBeGreaterThan(0);
  }
});
