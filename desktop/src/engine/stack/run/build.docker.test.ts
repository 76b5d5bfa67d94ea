import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { loadModel, type Model } from '#engine/compose/index.ts';
import { type BuildEvent, connect } from '#engine/docker/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { docker, testEngine } from '#testing/docker-cli.ts';
import { checkBuildKeys } from '../plan/build-keys.ts';
import { buildRequest } from './build-request.ts';

const BASE = 'qs-test-debian:bookworm';
let project: ComposeProject;
let composeVersion: string;
let env: Record<string, string | undefined>;

beforeEach(async () => {
  project = await createComposeProject();
  composeVersion = (await docker(['compose', 'version', '--short'])).stdout.trim().replace(/-.*/, '');
  // A docker configuration of its own, in which the CLI still finds its plugins.
  const config = join(project.directory, 'docker-config');
  await mkdir(config);
  await symlink(join(process.env['DOCKER_CONFIG'] ?? '', 'cli-plugins'), join(config, 'cli-plugins'));
  await writeFile(join(config, 'config.json'), '{}');
  env = { ...process.env, DOCKER_CONFIG: config };
});

afterEach(async () => {
  await project.remove();
});

function load(): Promise<Model> {
  const { directory, name: projectName } = project;
  return loadModel({ directory, projectName, files: ['compose.yaml'], envFiles: [], profiles: [], env });
}

const inspected = z.array(z.object({ Config: z.unknown(), Architecture: z.string(), Os: z.string() }));

/** Everything of the image of `app` that does not depend on when it was built, and what these files in it hold. */
async function lookAt(files: readonly string[]) {
  const image = `${project.name}-app`;
  const [found] = inspected.parse(JSON.parse((await docker(['image', 'inspect', image])).stdout));
  const history = (await docker(['history', '--no-trunc', '--format', '{{.CreatedBy}}', image])).stdout;
  const cat =
    files.length === 0 ? '' : (await docker(['run', '--rm', '--network=none', image, 'cat', ...files])).stdout;
  return { ...found, history, cat };
}

/** Builds the service `app` with the reference and then with Quayside, both under the same tag. */
async function bothBuild(files: readonly string[]) {
  const given = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  await project.docker(['compose', '-p', project.name, 'build', '--no-cache'], Object.fromEntries(given));
  const theirs = await lookAt(files);
  await docker(['image', 'rm', `${project.name}-app`]);
  return { theirs, ...(await build(files)) };
}

async function build(files: readonly string[]) {
  const model = await load();
  const service = model.services.get('app');
  if (service === undefined) throw new Error('there is no service app');
  checkBuildKeys(service, false);
  const gateway = connect({ url: testEngine(), source: 'test' }, { env });
  onTestFinished(() => {
    gateway.dispose();
  });
  const events: BuildEvent[] = [];
  const { request } = buildRequest({ model, service, composeVersion, noCache: true });
  for await (const event of gateway.images.build(request)) events.push(event);
  return { ours: await lookAt(files), events };
}

/** Writes down what a step can see of how it was built; docker compose adds extra hosts in an order of chance. */
const report =
  'RUN (env | sort; ulimit -n; ulimit -Hn; sort /etc/hosts; test -e /sys/class/net/eth0 && echo network; true) > /report\n';

describe('an image is the same as from docker compose build', () => {
  test('with every key of a build section that the engine knows', async () => {
    await project.write('.env', 'FROM_DOTENV=dotenv\nTOKEN=from the env file\n');
    await project.write('token', 'from a file');
    await project.write(
      'D',
      `FROM ${BASE} AS wanted\nARG A\nARG FROM_DOTENV\nARG UNSET\nENV GOT="$A $FROM_DOTENV $UNSET"\n${report}COPY --from=base /x /x\nRUN --mount=type=secret,id=file --mount=type=secret,id=other cat /run/secrets/file /run/secrets/other > /secrets\nFROM wanted\nLABEL last=1\n`.replace(
        'FROM',
        `FROM ${BASE} AS base\nRUN echo x > /x\nFROM`,
      ),
    );
    await writeFile(
      join(project.directory, 'docker-config', 'config.json'),
      JSON.stringify({
        proxies: {
          default: { httpProxy: 'http://default.invalid', noProxy: 'a,b' },
          [testEngine()]: { httpProxy: 'http://proxy.invalid:1', noProxy: 'x' },
        },
      }),
    );
    await project.write('compose.yaml', {
      services: {
        app: {
          platform: 'linux/amd64',
          build: {
            context: '.',
            dockerfile: 'D',
            target: 'wanted',
            args: { A: 'a b', FROM_DOTENV: null, UNSET: null, no_proxy: 'mine', NO_PROXY: 'mine' },
            labels: { 'x.y': 'ü "q"', empty: '' },
            tags: [`${project.name}-extra:1`],
            ulimits: { nofile: { soft: 1000, hard: 2000 }, nproc: 3000 },
            extra_hosts: ['one.invalid:1.2.3.4', 'two.invalid=::1'],
            network: 'host',
            platforms: ['linux/amd64'],
            cache_from: ['qs-test.invalid/none:1'],
            secrets: ['file', { source: 'variable', target: 'other' }],
          },
        },
      },
      secrets: { file: { file: './token' }, variable: { environment: 'TOKEN' } },
    });
    const { theirs, ours } = await bothBuild(['/report', '/secrets']);
    expect(ours).toEqual(theirs);
    expect(ours.cat).toContain('from a filefrom the env file');
    expect((await docker(['image', 'inspect', '--format', '{{.Id}}', `${project.name}-extra:1`])).stdout).not.toBe('');
    await docker(['image', 'rm', `${project.name}-extra:1`]);
  });

  test('with instructions in the compose file, and without a network', async () => {
    await project.write('compose.yaml', {
      services: { app: { build: { dockerfile_inline: `FROM ${BASE}\n${report}`, network: 'none' } } },
    });
    const { theirs, ours } = await bothBuild(['/report']);
    expect(ours).toEqual(theirs);
  });

  test('by the classic builder', async () => {
    env['DOCKER_BUILDKIT'] = '0';
    await project.write('Dockerfile', `FROM ${BASE}\nARG A\n${report}COPY token /token\n`);
    await project.write('token', 'x');
    const build = { context: '.', args: { A: '1' }, labels: { l: 'v' }, extra_hosts: ['h:1.2.3.4'], network: 'host' };
    await project.write('compose.yaml', { services: { app: { build } } });
    const { theirs, ours, events } = await bothBuild(['/report', '/token']);
    expect(ours.cat).toBe(theirs.cat);
    // Quayside labels these images with their project, too; the reference does that with BuildKit only.
    expect(classicConfig.parse(ours.Config)).toMatchObject(classicConfig.parse(theirs.Config));
    expect(events.some((event) => event.type === 'vertex' && event.vertex.id.startsWith('classic:'))).toBe(true);
  });
});

const classicConfig = z.object({ Env: z.array(z.string()), Labels: z.record(z.string(), z.string()) });

test('shm_size reaches the steps of both builders', async () => {
  for (const builder of ['1', '0']) {
    env['DOCKER_BUILDKIT'] = builder;
    const dockerfile_inline = `FROM ${BASE}\nRUN df -k /dev/shm | tail -1 > /report\n`;
    await project.write('compose.yaml', { services: { app: { build: { dockerfile_inline, shm_size: '32m' } } } });
    const { ours } = await build(['/report']);
    expect(ours.cat).toMatch(/^\w+ +32768 /);
  }
});
