import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ActivityEntry, PlanRisk } from '#contract/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { idleService } from '#testing/operations-on.ts';
import { quayside, quaysideAtTerminal } from '#testing/quayside-command.ts';

let project: ComposeProject;
let state: string;

beforeEach(async () => {
  project = await createComposeProject();
  state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
});

afterEach(async () => {
  await project.remove();
  await rm(state, { recursive: true });
});

const ours = () => ({ COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: state });
const run = (...args: string[]) => quayside(['-C', project.directory, ...args], ours());

const asking = (more: object = {}) => ({ services: { a: idleService({ cap_add: ['SYS_TIME'], ...more }) } });
const capability = 'services.a.cap_add=SYS_TIME';
const folder = 'services.a.volumes.source=/srv:ro';

/** The last line of what --json prints. */
function result(out: string): unknown {
  return JSON.parse(out.trim().split('\n').at(-1) ?? '');
}

const containers = (): Promise<string> =>
  dockerText('ps', '-aq', '--filter', `label=com.docker.compose.project=${project.name}`);

test('what asks for more waits until it is named, is remembered, and asks again only for more', async () => {
  await project.write('compose.yaml', asking());
  for (const verb of [['up'], ['build'], ['scale', 'a=2']]) {
    const refused = await run('--json', ...verb);
    expect(refused.status, refused.out).toBe(3);
    expect(result(refused.out)).toMatchObject({
      ok: false,
      problem: { code: 'POLICY_REFUSED', remedy: expect.stringContaining(`--allow-risk '${capability}'`) as unknown },
    });
  }
  expect(await containers()).toBe('');
  const shown = await run('plan');
  expect(shown.out).toMatch(/asks\s+compose\.yaml:\d+: the service a has the further capability SYS_TIME/);

  const up = await run('up', '--allow-risk', capability);
  expect(up.status, up.err).toBe(0);
  const again = await run('up', '--force-recreate');
  expect(again.status, again.err).toBe(0);

  await project.write('compose.yaml', asking({ volumes: ['/srv:/x:ro'] }));
  const grown = await run('--json', 'up');
  expect(grown.status).toBe(3);
  expect(result(grown.out)).toMatchObject({ problem: { details: { risks: [folder] } } });
  const { plan } = result((await run('--json', 'plan')).out) as { plan: { risks: PlanRisk[] } };
  expect(plan.risks.map(({ id, decision }) => `${decision} ${id}`)).toEqual([`agreed ${capability}`, `ask ${folder}`]);
  expect((await run('up', '--allow-risk', folder)).status).toBe(0);
  // Less is no news.
  await project.write('compose.yaml', asking());
  expect((await run('up')).status).toBe(0);

  const told = (await run('--json', 'activity')).out.trim().split('\n').slice(0, -1);
  const entries = told.map((line) => JSON.parse(line) as ActivityEntry);
  const agreed = entries.filter(({ risks, phase }) => risks !== undefined && phase === 'began');
  expect(agreed.map(({ risks }) => risks)).toEqual([[capability], [folder]]);
  expect(agreed.at(-1)?.actor).toMatch(/@/);
  expect((await run('activity')).out).toContain(`up (agreed to ${capability})`);
});

test('at a terminal the name of the project is asked for; another answer does nothing', async () => {
  await project.write('compose.yaml', asking());
  const up = (answer: string) =>
    quaysideAtTerminal(
      ['-C', project.directory, 'up'],
      { question: `Type ${project.name} to agree: `, answer },
      ours(),
    );
  const refused = await up('yes');
  expect(refused.status, refused.shown).toBe(3);
  expect(refused.shown).toContain(`has the further capability SYS_TIME (${capability})`);
  expect(refused.shown).toContain('Nothing was done.');
  expect(await containers()).toBe('');
  const agreed = await up(project.name);
  expect(agreed.status, agreed.shown).toBe(0);
  expect(await containers()).not.toBe('');
  // What was agreed to there is remembered, so that nobody is asked again.
  expect((await run('up', '--force-recreate')).status).toBe(0);
});

test('what the policy of the project denies is refused whoever agrees, also where it was agreed to before', async () => {
  await project.write('compose.yaml', asking());
  expect((await run('up', '--allow-risk', capability)).status).toBe(0);
  await project.write('quayside.yml', 'policy:\n  risks:\n    deny: [host-power]\n');
  const refused = await run('--json', 'up', '--force-recreate', '--allow-risk', capability);
  expect(refused.status, refused.out).toBe(3);
  expect(result(refused.out)).toMatchObject({
    problem: { code: 'POLICY_REFUSED', message: expect.stringContaining('quayside file') as unknown },
  });
  expect((await run('plan')).out).toMatch(/denied\s+compose\.yaml:\d+: the service a has the further capability/);
  await project.write('quayside.yml', 'policy:\n  risks:\n    denied: [host-power]\n');
  const mistake = await run('up');
  expect(mistake.status).not.toBe(0);
  expect(mistake.err).toContain('quayside.yml: policy.risks');
  await project.write('quayside.yml', 'policy:\n  risks:\n    only: [host-power]\n');
  expect((await run('up', '--force-recreate')).status).toBe(0);
});

test('what was agreed to for one folder is asked for in another, whatever the project is called', async () => {
  await project.write('compose.yaml', asking());
  expect((await run('up', '--allow-risk', capability)).status).toBe(0);
  const other = await createComposeProject(asking());
  try {
    const ended = await quayside(['-C', other.directory, 'build'], {
      COMPOSE_PROJECT_NAME: project.name,
      QUAYSIDE_STATE_DIR: state,
    });
    expect(ended.status).toBe(3);
  } finally {
    await other.remove();
  }
});
