import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type BuildRecord, type BuildSummary, buildRecord, buildSummary } from '#contract/index.ts';
import { createComposeProject } from '#testing/compose-project.ts';
import { quayside } from '#testing/quayside-command.ts';

const cleanup: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const clean of cleanup.splice(0).reverse()) await clean();
});

test('what the command builds is kept: listed, and shown with its steps and what failed, secrets masked', async () => {
  const build = { context: '.', args: { NPM_TOKEN: 'canary-1' } };
  const project = await createComposeProject({ services: { web: { build, command: ['sleep', '1000'] } } });
  cleanup.push(() => project.remove());
  cleanup.push(() => project.docker(['image', 'rm', '-f', `${project.name}-web`]).catch(() => undefined));
  const state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
  cleanup.push(() => rm(state, { recursive: true }));
  const run = (...args: string[]) =>
    quayside(['-C', project.directory, '-p', project.name, ...args], { QUAYSIDE_STATE_DIR: state });
  const write = (last: string) =>
    project.write('Dockerfile', `FROM qs-test-debian:bookworm\nARG NPM_TOKEN\nRUN echo ${project.name}\n${last}\n`);

  expect((await run('builds')).out).toBe('Nothing was built yet.\n');
  await write('RUN echo with $NPM_TOKEN');
  expect(await run('build')).toMatchObject({ status: 0 });
  await write('RUN echo with $NPM_TOKEN about to fail && exit 7');
  expect(await run('build')).toMatchObject({ status: 1 });

  const listed = listOf(await run('--json', 'builds'));
  expect(listed.map(({ service, outcome }) => [service, outcome])).toEqual([
    ['web', 'failed'],
    ['web', 'done'],
  ]);

  const shown = await run('builds', 'web');
  expect(shown.out).toContain('with ******** about to fail');
  expect(shown.err).toContain('> 4 | RUN echo with $NPM_TOKEN about to fail && exit 7');

  const first = await recordOf(run('--json', 'builds', listed[1]?.id ?? ''));
  const said = first.steps.find(({ name }) => name === `RUN echo ${project.name}`);
  expect(first.logs.find(({ step }) => step === said?.id)?.lines).toContain(project.name);
  expect((await recordOf(run('--json', 'builds', 'web'))).steps.find(({ name }) => name === said?.name)?.cached).toBe(
    true,
  );
  expect((await run('builds', listed[1]?.id ?? '', '--logs')).out).toContain(`            ${project.name}\n`);
  expect(await run('builds', 'nothing')).toMatchObject({ status: 1 });
});

const part = (out: string, name: string): unknown => new Map(Object.entries(JSON.parse(out) as object)).get(name);

function listOf({ out }: { out: string }): BuildSummary[] {
  return buildSummary.array().parse(part(out, 'builds'));
}

async function recordOf(ended: Promise<{ out: string }>): Promise<BuildRecord> {
  return buildRecord.parse(part((await ended).out, 'build'));
}
