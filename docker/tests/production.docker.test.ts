import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { docker } from './support/command.ts';
import { start } from './support/container.ts';
import { type Service, services } from './support/images.ts';
import { copyProject, repository } from './support/project.ts';
import { type Stack, stackOf } from './support/stack.ts';
import { until } from './support/wait.ts';

const megabyte = 1024 * 1024;
const limits = { backend: { memory: 512, cpus: 1 }, frontend: { memory: 256, cpus: 0.5 } };

let stack: Stack;
let project: Awaited<ReturnType<typeof copyProject>>;
beforeAll(async () => {
  const { registry, version } = inject('images');
  // A copy, so that a developer's own .env has no say.
  project = await copyProject();
  const both = [
    'OPENAI_API_KEY=for-the-backend',
    'OPENAI_BASE_URL=http://127.0.0.1:9/v1',
    'MAX_RUNNING_REQUESTS=321',
    'MAX_EVENT_LOOP_DELAY_MS=60000',
  ];
  await writeFile(join(project.directory, '.env'), both.join('\n'));
  await writeFile(join(project.directory, '.env.production'), 'MAX_RUNNING_REQUESTS=123\n');
  stack = await stackOf('prod', { REGISTRY: registry, VERSION: version }, project.directory);
  await stack.up();
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await project.remove();
});

const settings = z.object({
  HostConfig: z.object({
    Memory: z.number(),
    MemorySwap: z.number(),
    NanoCpus: z.number(),
    PidsLimit: z.number(),
    ReadonlyRootfs: z.boolean(),
    Privileged: z.boolean(),
    Init: z.boolean(),
    CapAdd: z.null(),
    CapDrop: z.array(z.string()).nullable(),
    SecurityOpt: z.array(z.string()),
    Tmpfs: z.record(z.string(), z.string()),
    RestartPolicy: z.object({ Name: z.string() }),
    LogConfig: z.object({ Type: z.string(), Config: z.record(z.string(), z.string()) }),
    PortBindings: z.record(z.string(), z.array(z.object({ HostIp: z.string() }))),
  }),
  Mounts: z.array(z.object({ Type: z.string(), Destination: z.string(), RW: z.boolean() })),
});

const status = z.record(z.string(), z.string());

describe.each(services)('%s', (service: Service) => {
  test('runs without any capability, cannot gain one, and is filtered by seccomp', async () => {
    const facts = await (await stack.container(service)).runFile(status, 'status.mjs');
    expect(facts).toMatchObject({
      Uid: '10001\t10001\t10001\t10001',
      Gid: '10001\t10001\t10001\t10001',
      CapInh: '0000000000000000',
      CapPrm: '0000000000000000',
      CapEff: '0000000000000000',
      CapBnd: '0000000000000000',
      CapAmb: '0000000000000000',
      NoNewPrivs: '1',
      Seccomp: '2',
    });
  });

  test('has a read-only root, and a /tmp that it can write to but not run from', async () => {
    const container = await stack.container(service);
    const write = (path: string) => `
      try { fs.writeFileSync("${path}", "#!/usr/local/bin/node\\n", { mode: 0o755 }); tell("written"); }
      catch (error) { tell(error.code); }`;
    const script = 'const { spawnSync } = require("node:child_process"); tell(spawnSync("/tmp/x").error?.code);';
    expect(await container.run(z.string(), write('/x'))).toBe('EROFS');
    expect(await container.run(z.string(), write(`/app/${service}/x`))).toBe('EROFS');
    expect(await container.run(z.string(), write('/tmp/x'))).toBe('written');
    expect(await container.run(z.string(), script)).toBe('EACCES');
  });

  test('has its limits, in the kernel too; swap is none', async () => {
    const container = await stack.container(service);
    const memory = limits[service].memory * megabyte;
    expect((await container.inspect(settings)).HostConfig).toMatchObject({
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: limits[service].cpus * 1e9,
      PidsLimit: 128,
    });
    const kernel = z.object({ memory: z.number(), swap: z.number(), pids: z.number() });
    expect(await container.runFile(kernel, 'limits.mjs')).toEqual({ memory, swap: 0, pids: 128 });
  });

  test('is started again after a crash, reaps its children, and its output turns over', async () => {
    const { HostConfig, Mounts } = await (await stack.container(service)).inspect(settings);
    expect(HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      Privileged: false,
      Init: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=16m' },
      RestartPolicy: { Name: 'unless-stopped' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    });
    const hosts = Object.values(HostConfig.PortBindings).flat();
    expect(hosts).toEqual([{ HostIp: '127.0.0.1' }]);
    const destinations = service === 'backend' ? ['/data', '/logs'] : ['/logs'];
    expect(Mounts.map(({ Destination }) => Destination).sort()).toEqual(destinations);
    expect(Mounts.every(({ Type, RW }) => Type === 'volume' && RW)).toBe(true);
  });

  test('writes its log files into its volume', async () => {
    const container = await stack.container(service);
    const names = await container.run(z.array(z.string()), 'tell(fs.readdirSync("/logs").sort());');
    expect(names).toEqual(['access_production.log', 'app_production.log', 'error_production.log']);
    const lines = await container.run(
      z.array(z.string()),
      'tell(fs.readFileSync("/logs/app_production.log", "utf8").trim().split("\\n"));',
    );
    expect(lines.map((line) => z.looseObject({ msg: z.string() }).parse(JSON.parse(line)).msg)).toContainEqual(
      expect.stringMatching(/^listening on port/),
    );
  });
});

test('settings come from .env and .env.production, the later wins; the keys of providers reach the backend alone', async () => {
  const environment = async (service: Service) => {
    const container = await stack.container(service);
    return container.run(z.record(z.string(), z.string()), 'tell(process.env);');
  };
  const [backend, frontend] = [await environment('backend'), await environment('frontend')];
  for (const each of [backend, frontend]) expect(each).toMatchObject({ MAX_RUNNING_REQUESTS: '123' });
  expect(backend).toMatchObject({ OPENAI_API_KEY: 'for-the-backend' });
  expect(Object.values(frontend)).not.toContain('for-the-backend');

  const secrets = async (service: Service) => {
    const table = await readFile(join(repository, `docs/${service}-configuration.md`), 'utf8');
    return [...table.matchAll(/^\| `(\w+)` or `\1_FILE`/gm)].map(([, name = '']) => name);
  };
  const own = new Set(await secrets('frontend'));
  const foreign = (await secrets('backend')).filter((name) => !own.has(name));
  expect(foreign).toContain('OPENAI_API_KEY');
  expect(foreign.map((name) => [name, frontend[name]])).toEqual(foreign.map((name) => [name, '']));
});

test('networks: customers reach the frontend only, and what lies between the two is internal', async () => {
  const networks = z.object({ NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()) }) });
  const of = async (service: Service) => {
    const { NetworkSettings } = await (await stack.container(service)).inspect(networks);
    return Object.keys(NetworkSettings.Networks)
      .map((name) => name.replace(`${stack.name}_`, ''))
      .sort();
  };
  expect(await of('frontend')).toEqual(['app', 'edge']);
  expect(await of('backend')).toEqual(['app', 'egress']);
  expect(await docker(['network', 'inspect', `${stack.name}_app`, '--format', '{{.Internal}}'])).toBe('true');

  const reached = z.object({ backend: z.union([z.number(), z.string()]), frontend: z.union([z.number(), z.string()]) });
  const from = async (network: string) => {
    await using probe = await start(
      'backend',
      ['--network', `${stack.name}_${network}`],
      ['-e', 'setInterval(() => {}, 1000)'],
    );
    return await probe.runFile(reached, 'reach.mjs');
  };
  expect(await from('app')).toEqual({ backend: 200, frontend: 200 });
  expect(await from('edge')).toEqual({ backend: 'ENOTFOUND', frontend: 200 });
  expect(await from('egress')).toEqual({ backend: 200, frontend: 'ENOTFOUND' });
});

test('a request goes through the frontend to the backend and has one id in the logs of both', async () => {
  const id = 'production-scene-1';
  const response = await fetch(`${stack.frontend}/api/products?limit=1`, { headers: { 'x-correlation-id': id } });
  expect(response.status).toBe(200);
  expect(response.headers.get('x-correlation-id')).toBe(id);
  await response.json();
  for (const service of services) {
    const container = await stack.container(service);
    const lines = await until(`the id in the log of the ${service}`, async () => {
      const own = (await container.lines()).filter(({ correlationId }) => correlationId === id);
      return own.length > 0 ? own : undefined;
    });
    expect(lines.map(({ logger }) => logger)).toEqual(['access']);
  }
});

test('Quayside finds nothing to do about what docker compose started, and says that it is healthy', async () => {
  expect(await stack.quayside('up')).toContain('Nothing to do');
  expect(await stack.quayside('ps')).toContain('2 of 2 services healthy');
});

test('with the backend stopped the frontend answers 503 as problem+json, is not ready and stays alive', async () => {
  await stack.compose('stop', 'backend');
  const response = await fetch(`${stack.frontend}/api/products`, { headers: { 'x-correlation-id': 'lost-request-1' } });
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(await response.json()).toMatchObject({
    status: 503,
    code: 'backend_unavailable',
    correlationId: 'lost-request-1',
  });

  const notReady = await until('not ready', async () => {
    const ready = await fetch(`${stack.frontend}/health/ready`);
    const body: unknown = await ready.json();
    return ready.status === 503 ? body : undefined;
  });
  expect(notReady).toMatchObject({ status: 'unhealthy', checks: { backend: { status: 'unhealthy' } } });

  const frontend = await stack.container('frontend');
  expect(await docker(['exec', frontend.id, 'node', '/app/healthcheck.mjs'])).toContain('answered 200');
  const ask = await docker(['inspect', '--format', '{{index .Config.Labels "dev.quayside.readiness"}}', frontend.id]);
  const [form = '', ...words] = z.array(z.string()).parse(JSON.parse(ask));
  expect(form).toBe('CMD');
  await expect(docker(['exec', frontend.id, ...words])).rejects.toMatchObject({
    stdout: expect.stringContaining('answered 503') as string,
  });
  expect(await frontend.state()).toMatchObject({ Status: 'running', RestartCount: 0, Health: { Status: 'healthy' } });

  await stack.compose('start', 'backend');
  await until('ready again', async () => {
    const ready = await fetch(`${stack.frontend}/health/ready`);
    await ready.text();
    return ready.status === 200 ? true : undefined;
  });
  expect(await docker(['exec', frontend.id, ...words])).toContain('answered 200');
});
