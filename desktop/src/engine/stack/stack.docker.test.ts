import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Action, action, type OperationEvent } from '#contract/index.ts';
import { loadModel } from '#engine/compose/index.ts';
import { connect, type DockerGateway, resolveEndpoint } from '#engine/docker/index.ts';
import { type ComposeProject, createComposeProject, webService } from '#testing/compose-project.ts';
import { docker } from '#testing/docker-cli.ts';
import { allAgreed, type EngineEvents, engineEvents } from '#testing/operations-on.ts';
import { createOperations, createSerial, type Operations, observe } from './index.ts';

let gateway: DockerGateway;
let events: EngineEvents;
let composeVersion: string;
let project: ComposeProject;

beforeAll(async () => {
  gateway = connect(await resolveEndpoint({ env: process.env, home: homedir(), platform: process.platform }));
  events = engineEvents(gateway);
  composeVersion = (await docker(['compose', 'version', '--short'])).stdout.trim().replace(/-.*/, '');
});

afterEach(async () => {
  await project.remove();
});

afterAll(async () => {
  await events.dispose();
  gateway.dispose();
});

function operations(): Operations {
  return createOperations({
    gateway,
    hub: events,
    startGate: createSerial(),
    maskFor: () => (text) => text,
    composeVersion: () => Promise.resolve(composeVersion),
    quaysideVersion: '0.0.0',
    consent: allAgreed,
    onChange: () => undefined,
    target: async (environment) => {
      const model = await loadModel({
        directory: project.directory,
        files: ['compose.yaml'],
        envFiles: [],
        profiles: [],
        projectName: project.name,
        env: process.env,
      });
      return { environment, project: project.name, model, command: `docker compose -p ${project.name}` };
    },
  });
}

type End = Extract<OperationEvent, { type: 'end' }>;

async function run(
  wanted: Partial<Action> & { verb: Action['verb'] },
  runner = operations(),
): Promise<{ end: End; events: OperationEvent[] }> {
  const { id } = await runner.start('default', action.parse(wanted));
  const events: OperationEvent[] = [];
  for await (const event of runner.watch(id, new AbortController().signal)) events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('the operation did not end');
  expect(events.filter((event) => event.type === 'begin')).toHaveLength(1);
  return { end, events };
}

const planOf = async (verb: Action['verb']): Promise<string[]> =>
  (await operations().plan('default', action.parse({ verb }))).steps.map((step) => step.id);

const twoServices = {
  services: {
    backend: webService({ volumes: ['data:/data', '/anon'] }),
    frontend: webService({ depends_on: { backend: { condition: 'service_healthy' } } }),
  },
  volumes: { data: {} },
};

describe('agreement with docker compose', () => {
  test('what Quayside starts, the CLI adopts without recreating anything', async () => {
    project = await createComposeProject(twoServices);
    expect((await run({ verb: 'up' })).end).toMatchObject({ outcome: 'done' });
    const before = await observe(gateway, project.name);
    const said = await project.compose('up', '-d');
    expect(said).toMatch(/backend-1\s+Running/);
    expect(said).not.toMatch(/Recreat|Creat|Started|Starting/);
    const after = await observe(gateway, project.name);
    expect(after.containers.map(({ id }) => id)).toEqual(before.containers.map(({ id }) => id));
    expect(await project.compose('ps', '--services')).toContain('frontend');
    await project.compose('down', '-v', '-t', '1');
    expect((await observe(gateway, project.name)).networks).toEqual([]);
  });

  test('what the CLI starts, Quayside finds as it should be', async () => {
    project = await createComposeProject(twoServices);
    await project.compose('up', '-d', '--wait');
    expect(await planOf('up')).toEqual([]);
    expect((await run({ verb: 'down' })).end.outcome).toBe('done');
    const left = await observe(gateway, project.name);
    expect(left.containers).toEqual([]);
    expect(left.networks).toEqual([]);
    expect(left.volumes.map(({ name }) => name)).toContain(`${project.name}_data`);
  });
});

describe('operations', () => {
  test('a changed service is replaced with its anonymous volume kept, the other is left alone', async () => {
    project = await createComposeProject(twoServices);
    await run({ verb: 'up' });
    const before = await observe(gateway, project.name);
    const changed = webService({ volumes: ['data:/data', '/anon'], environment: { CHANGED: '1' } });
    await project.write('compose.yaml', { ...twoServices, services: { ...twoServices.services, backend: changed } });
    expect((await run({ verb: 'up' })).end.outcome).toBe('done');
    const after = await observe(gateway, project.name);
    expect(after.containers.map(({ name }) => name)).toEqual(before.containers.map(({ name }) => name));
    const anonymous = (from: typeof after): unknown =>
      from.containers[0]?.mounts.find((mount) => mount.target === '/anon')?.name;
    expect(anonymous(after)).toBe(anonymous(before));
    expect(after.containers[0]?.id).not.toBe(before.containers[0]?.id);
    expect(after.containers[1]?.id).toBe(before.containers[1]?.id);
    expect(await project.compose('up', '-d')).not.toMatch(/Recreat/);
  });

  test('a service that never gets healthy fails with its last probe, and the next up mends it', async () => {
    const sick = webService({
      healthcheck: {
        test: ['CMD', 'node', '-e', "console.log('no route');process.exit(1)"],
        interval: '500ms',
        retries: 2,
      },
    });
    project = await createComposeProject({
      services: { backend: sick, frontend: webService({ depends_on: { backend: { condition: 'service_healthy' } } }) },
    });
    const { end, events } = await run({ verb: 'up' });
    expect(end.problem).toMatchObject({
      code: 'SERVICE_UNHEALTHY',
      details: { service: 'backend', probe: 'no route\n', logs: [] },
    });
    expect(end.problem?.message).toContain('no route');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'step', step: `start:${project.name}-frontend-1`, state: 'skipped' }),
    );
    await project.write('compose.yaml', twoServices);
    expect((await run({ verb: 'up' })).end.outcome).toBe('done');
  });

  test('a health command that the image lacks is named as the cause', async () => {
    project = await createComposeProject({
      services: {
        a: webService({
          healthcheck: { test: ['CMD', 'curl', '-f', 'http://localhost'], interval: '500ms', retries: 1 },
        }),
      },
    });
    const { end } = await run({ verb: 'up' });
    expect(end.problem?.remedy).toContain('does not exist in this image');
  });

  test('a container that exits is reported with its code and last lines', async () => {
    project = await createComposeProject({
      services: { a: webService({ command: ['node', '-e', "console.log('cannot read config');process.exit(3)"] }) },
    });
    const { end } = await run({ verb: 'up' });
    expect(end.problem).toMatchObject({
      code: 'SERVICE_EXITED',
      details: { exitCode: 3, logs: ['cannot read config'] },
    });
  });

  test('a host port that is taken is named, and the next up goes on once it is free', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    project = await createComposeProject({ services: { a: webService({ ports: [`127.0.0.1:${port}:8000`] }) } });
    const { end } = await run({ verb: 'up' });
    expect(end.problem?.code).toBe('PORT_IN_USE');
    await new Promise((resolve) => holder.close(resolve));
    expect((await run({ verb: 'up' })).end.outcome).toBe('done');
  });

  test('a cancelled up is finished by the next one', async () => {
    project = await createComposeProject(twoServices);
    const runner = operations();
    const { id } = await runner.start('default', action.parse({ verb: 'up' }));
    for await (const event of runner.watch(id, new AbortController().signal)) {
      if (event.type === 'waiting') runner.cancel(id);
      if (event.type === 'end') expect(event.outcome).toBe('cancelled');
    }
    expect((await run({ verb: 'up' })).end.outcome).toBe('done');
    expect(await planOf('up')).toEqual([]);
  });

  test('a replacement that was cut off half-way is finished by the next up', async () => {
    project = await createComposeProject(twoServices);
    await run({ verb: 'up' });
    const [backend] = (await observe(gateway, project.name)).containers;
    if (!backend) throw new Error('no backend');
    await gateway.containers.rename(backend.id, `${'0'.repeat(12)}_${backend.name}`);
    await gateway.containers.stop(backend.id, 0);
    expect((await run({ verb: 'up' })).end.outcome).toBe('done');
    expect(await planOf('up')).toEqual([]);
  });

  test('stop, start and restart keep the containers; a removed one comes back with up', async () => {
    project = await createComposeProject(twoServices);
    await run({ verb: 'up' });
    const ids = async (): Promise<string[]> => (await observe(gateway, project.name)).containers.map(({ id }) => id);
    const before = await ids();
    expect((await run({ verb: 'stop' })).end.outcome).toBe('done');
    expect((await observe(gateway, project.name)).containers.map(({ state }) => state)).toEqual(['exited', 'exited']);
    expect((await run({ verb: 'start' })).end.outcome).toBe('done');
    expect((await run({ verb: 'restart', timeout: 1 })).end.outcome).toBe('done');
    expect(await ids()).toEqual(before);
    await gateway.containers.remove(before[0] ?? '', { force: true, volumes: false });
    expect((await run({ verb: 'up' })).end.outcome).toBe('done');
    expect(await planOf('up')).toEqual([]);
  });

  test('a second operation on the same project is refused while one runs', async () => {
    project = await createComposeProject(twoServices);
    const runner = operations();
    const first = await runner.start('default', action.parse({ verb: 'up' }));
    await expect(runner.start('default', action.parse({ verb: 'stop' }))).rejects.toMatchObject({
      code: 'OPERATION_BUSY',
    });
    runner.cancel(first.id);
    await runner.dispose();
  });

  test('an image that does not exist fails the pull with a remedy and nothing is created', async () => {
    project = await createComposeProject({ services: { a: { image: '127.0.0.1:1/qs-test/none:1' } } });
    const { end } = await run({ verb: 'up' });
    expect(end.outcome).toBe('failed');
    expect(end.problem?.remedy).toBeTruthy();
    expect((await observe(gateway, project.name)).containers).toEqual([]);
  });
});
