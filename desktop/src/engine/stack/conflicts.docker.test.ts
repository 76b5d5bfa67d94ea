import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { action } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { type DrivenProject, idleService, operationsOn } from '#testing/operations-on.ts';
import { observe } from './observe.ts';

let project: ComposeProject;
let driven: DrivenProject;

afterEach(async () => {
  driven.gateway.dispose();
  await project.remove();
});

async function make(services: object, through?: (gateway: DockerGateway) => DockerGateway): Promise<void> {
  project = await createComposeProject({ services });
  driven = await operationsOn(project, '2.40.3', process.env, through);
}

test('a name that a container of somebody else has is told with its owner, and the next up goes on once it is free', async () => {
  await make({ a: idleService() });
  const name = `${project.name}-a-1`;
  const stranger = [
    '--name',
    name,
    '--label',
    'com.docker.compose.project=qs-test-other',
    'qs-test-debian:bookworm',
    'true',
  ];
  const id = await dockerText('create', ...stranger);
  try {
    const { end } = await driven.run({ verb: 'up' });
    expect(end.problem).toMatchObject({
      code: 'NAME_TAKEN',
      message: `The name ${name} is taken by a container that belongs to project qs-test-other.`,
    });
    expect(end.problem?.remedy).toContain(name);
  } finally {
    await dockerText('rm', id);
  }
  await driven.done({ verb: 'up' });
});

test('a container that somebody removes while it is waited for is made again, by a plan that is told', async () => {
  const healthcheck = { test: ['CMD', 'test', '-e', '/state/go'], interval: '500ms', retries: 1000 };
  await make({ a: idleService({ volumes: ['./state:/state'], healthcheck }) });
  await mkdir(join(project.directory, 'state'));
  const { id } = await driven.operations.start('default', action.parse({ verb: 'up' }));
  const told: string[] = [];
  for await (const event of driven.operations.watch(id, new AbortController().signal)) {
    if (event.type === 'begin') told.push(event.plan.steps.map((step) => step.kind).join(' '));
    if (event.type === 'end') told.push(event.outcome);
    if (event.type !== 'step' || event.step !== 'wait:a' || event.state !== 'running' || told.length > 1) continue;
    await dockerText('rm', '-f', `${project.name}-a-1`);
    await writeFile(join(project.directory, 'state', 'go'), '');
  }
  expect(told).toEqual([
    'network.create container.create container.start service.wait',
    'container.create container.start service.wait',
    'done',
  ]);
});

test('down leaves a container that the files no longer name on its network, and the network with it', async () => {
  await make({ a: idleService(), b: idleService() });
  await driven.done({ verb: 'up' });
  await project.write('compose.yaml', { services: { a: idleService() } });
  const { end, notes } = await driven.run({ verb: 'down' });
  expect(end.outcome).toBe('done');
  expect(notes).toContainEqual(expect.stringContaining(`Network ${project.name}_default is still used`));
  const left = await observe(driven.gateway, project.name);
  expect(left.containers.map(({ name, running }) => [name, running])).toEqual([[`${project.name}-b-1`, true]]);
  expect(left.networks[0]?.containers).toEqual(left.containers.map(({ id }) => id));
});

test('a container that ends before its post_start hook is told as such, and nothing is planned anew', async () => {
  const late = (gateway: DockerGateway): DockerGateway => ({
    ...gateway,
    containers: {
      ...gateway.containers,
      async exec(container, request) {
        const running = async (): Promise<boolean> => (await gateway.containers.inspect(container)).running;
        await vi.waitFor(async () => {
          expect(await running()).toBe(false);
        }, 30_000);
        return gateway.containers.exec(container, request);
      },
    },
  });
  await make({ a: idleService({ command: ['true'], post_start: [{ command: ['sleep', '1000'] }] }) }, late);
  const { id } = await driven.operations.start('default', action.parse({ verb: 'up' }));
  const told: (string | undefined)[] = [];
  for await (const event of driven.operations.watch(id, new AbortController().signal)) {
    if (event.type === 'begin') told.push('begin');
    if (event.type === 'end') told.push(event.problem?.code);
  }
  expect(told).toEqual(['begin', 'SERVICE_EXITED']);
});

test('containers that docker compose made but did not start, or stopped, are started and not made anew', async () => {
  await make({ a: idleService() });
  const starts = [`start:${project.name}-a-1`, 'wait:a'];
  await project.compose('create');
  expect(await driven.plan({ verb: 'up' })).toEqual(starts);
  await project.compose('start');
  expect(await driven.plan({ verb: 'up' })).toEqual([]);
  await project.compose('stop', '-t', '0');
  expect(await driven.plan({ verb: 'up' })).toEqual(starts);
});
