import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { action } from '#contract/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { type DrivenProject, idleService, operationsOn } from '#testing/operations-on.ts';

const compose = '2.40.3';
let project: ComposeProject;
let driven: DrivenProject;

afterEach(async () => {
  driven.gateway.dispose();
  await project.remove();
});

async function make(service: object, more: object = {}, env: Record<string, string> = {}): Promise<void> {
  project = await createComposeProject({ services: { a: idleService(service) }, ...more });
  driven = await operationsOn(project, compose, { ...process.env, ...env });
}

const inside = (...command: string[]): Promise<string> => dockerText('exec', `${project.name}-a-1`, ...command);
const says = (words: string) => ({ command: ['sh', '-c', `echo ${words} >> /log/said`] });

describe('hooks', () => {
  const log = async (): Promise<string[]> =>
    (await readFile(join(project.directory, 'log', 'said'), 'utf8')).trim().split('\n');
  const both = (changed = ''): object => ({
    volumes: ['./log:/log'],
    environment: { CHANGED: changed },
    post_start: [says('started'), says('again')],
    pre_stop: [says('stopping')],
  });

  test('run after every start and before every stop, but not where a replacement takes over', async () => {
    await make(both());
    await driven.done({ verb: 'up' });
    expect(await log()).toEqual(['started', 'again']);
    await driven.done({ verb: 'up' });
    await driven.done({ verb: 'restart' });
    expect(await log()).toEqual(['started', 'again', 'stopping', 'started', 'again']);
    await project.write('compose.yaml', { services: { a: idleService(both('yes')) } });
    await driven.done({ verb: 'up' });
    expect((await log()).slice(5)).toEqual(['started', 'again']);
    await driven.done({ verb: 'stop' });
    await driven.done({ verb: 'start' });
    await driven.done({ verb: 'down' });
    expect((await log()).slice(7)).toEqual(['stopping', 'started', 'again', 'stopping']);
  });

  test('as the user, in the folder and with the variables that they name', async () => {
    const command = ['sh', '-c', 'echo "$$(id -un) $$(pwd) $$A $$B" > /tmp/said'];
    await make({
      environment: { A: 'own', B: 'own' },
      post_start: [{ command, user: 'nobody', working_dir: '/var', environment: { A: 'hook' } }],
    });
    await driven.done({ verb: 'up' });
    expect(await inside('cat', '/tmp/said')).toBe('nobody /var hook own');
  });

  test('one that fails fails the start, with its last words, and the rest is left as it is', async () => {
    await make({
      post_start: [{ command: ['sh', '-c', 'echo no database; exit 7'] }, { command: ['touch', '/tmp/next'] }],
    });
    const { end } = await driven.run({ verb: 'up' });
    expect(end).toMatchObject({
      outcome: 'failed',
      problem: {
        code: 'HOOK_FAILED',
        message: 'services.a.post_start[0] ended with code 7: no database.',
        details: { exitCode: 7, output: ['no database'] },
      },
    });
    expect(await inside('ls', '/tmp')).toBe('');
  });

  test('one that is cancelled runs again at the next start', async () => {
    const command = ['sh', '-c', 'echo begun >> /log/said; [ -e /log/go ] || exec sleep 1000'];
    await make({ volumes: ['./log:/log'], post_start: [{ command }] });
    const { id } = await driven.operations.start('default', action.parse({ verb: 'up' }));
    await vi.waitFor(
      async () => {
        expect(await log()).toEqual(['begun']);
      },
      { timeout: 30_000 },
    );
    driven.operations.cancel(id);
    for await (const event of driven.operations.watch(id, new AbortController().signal)) {
      if (event.type === 'end') expect(event.outcome).toBe('cancelled');
    }
    await project.write('log/go', '');
    await driven.done({ verb: 'up' });
    expect(await log()).toEqual(['begun', 'begun']);
  });

  test('one that fails before a stop leaves the container running', async () => {
    await make({ pre_stop: [{ command: ['false'] }] });
    await driven.done({ verb: 'up' });
    expect((await driven.run({ verb: 'stop' })).end.problem?.code).toBe('HOOK_FAILED');
    expect(await inside('echo', 'alive')).toBe('alive');
  });

  test('a container that does not run is removed without them', async () => {
    await make({ pre_stop: [{ command: ['false'] }] });
    await driven.done({ verb: 'up' });
    await project.docker(['kill', `${project.name}-a-1`]);
    await driven.done({ verb: 'down' });
    expect(await dockerText('ps', '-aq', '--filter', `name=${project.name}`)).toBe('');
  });
});

describe('secrets and configs without files', () => {
  const uses = { secrets: ['token'], configs: ['greeting'] };
  const files = (content: string): object => ({
    secrets: { token: { environment: 'QS_TEST_TOKEN' } },
    configs: { greeting: { content } },
  });
  const env = { QS_TEST_TOKEN: 't0p' };
  const rewrite = (content: string): Promise<void> =>
    project.write('compose.yaml', { services: { a: idleService(uses) }, ...files(content) });

  test('are there when the container starts, and nothing of them is in its labels', async () => {
    await make(uses, files('hello'), env);
    await driven.done({ verb: 'up' });
    expect(await inside('cat', '/run/secrets/token', '/greeting')).toBe('t0phello');
    expect(await dockerText('inspect', `${project.name}-a-1`)).not.toMatch(/t0p|hello/);
    expect(await driven.plan({ verb: 'up' })).toEqual([]);
  });

  test('new content recreates the container, which the docker compose command leaves alone', async () => {
    await make(uses, files('hello'), env);
    await driven.done({ verb: 'up' });
    await rewrite('goodbye');
    expect(await driven.plan({ verb: 'up' })).toContain(`create:${project.name}-a-1`);
    await driven.done({ verb: 'up' });
    expect(await inside('cat', '/greeting')).toBe('goodbye');
    const said = await project.docker(['compose', '-p', project.name, 'up', '-d'], env);
    expect(said).not.toMatch(/Recreat/);
  });

  test('a start brings the content that the files have now', async () => {
    await make(uses, files('hello'), env);
    await driven.done({ verb: 'up' });
    await driven.done({ verb: 'stop' });
    await rewrite('goodbye');
    await driven.done({ verb: 'start' });
    expect(await inside('cat', '/greeting')).toBe('goodbye');
  });

  test('a variable that is not set is named before anything is made', async () => {
    await make(uses, files('hello'), {});
    const { end } = await driven.run({ verb: 'up' });
    expect(end.problem).toMatchObject({ code: 'VARIABLE_MISSING', details: { variable: 'QS_TEST_TOKEN' } });
    expect(await dockerText('network', 'ls', '-q', '--filter', `name=${project.name}`)).toBe('');
  });
});
