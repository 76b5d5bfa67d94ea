import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRouter } from '#api/router.ts';
import { serveInProcess } from '#api/serve/in-process.ts';
import { type Action, action, type CoreClient, verb } from '#contract/index.ts';
import { createEngine } from '#engine/engine.ts';
import type { Engine } from '#engine/types.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { idleService } from '#testing/operations-on.ts';

let own: ComposeProject;
let foreign: ComposeProject;
let state: string;
let engine: Engine;
let client: CoreClient;

beforeAll(async () => {
  own = await createComposeProject({ services: { a: idleService() } });
  foreign = await createComposeProject({
    services: { other: idleService({ volumes: ['data:/data'] }) },
    volumes: { data: {} },
  });
  await foreign.compose('up', '-d');
  state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
  const env = { ...process.env, COMPOSE_PROJECT_NAME: own.name, QUAYSIDE_STATE_DIR: state };
  engine = createEngine({ directory: own.directory, endpoint: {}, hostKind: 'test', version: '0.0.0', env });
  client = serveInProcess(createRouter(engine));
});

afterAll(async () => {
  await engine.dispose();
  await own.remove();
  // By name: the image itself is one that all tests share.
  const kept = ['--filter', `reference=quayside.local/${own.name}/*`, '--format', '{{.Repository}}:{{.Tag}}'];
  const names = (await dockerText('image', 'ls', ...kept)).split('\n').filter((name) => name !== '');
  if (names.length > 0) await dockerText('image', 'rm', ...names);
  await foreign.remove();
  await rm(state, { recursive: true });
});

/** Everything of the foreign project as the engine tells it: its containers' ids, states and starts, its networks, its volumes. */
async function foreignState(): Promise<string> {
  const label = ['--filter', `label=com.docker.compose.project=${foreign.name}`];
  const id = await dockerText('ps', '-aq', '--no-trunc', ...label);
  const parts = [
    dockerText('inspect', '--format', '{{.Id}} {{.Name}} {{.State.Status}} {{.State.StartedAt}} {{.RestartCount}}', id),
    dockerText('network', 'ls', '-q', ...label),
    dockerText('volume', 'ls', '-q', ...label),
  ];
  return (await Promise.all(parts)).join('\n');
}

/** Carries an action out as far as it goes. */
async function attempt(environment: string, wanted: Action): Promise<void> {
  try {
    const { id } = await client.operation.start({ environment, action: wanted });
    for await (const { events } of await client.operation.watch({ id }))
      if (events.some(({ type }) => type === 'end')) return;
  } catch {
    // Refused: that is as far as it goes.
  }
}

test('names of another project’s things in any field of any verb touch nothing of it', async () => {
  const before = await foreignState();
  const id = await dockerText(
    'ps',
    '-aq',
    '--no-trunc',
    '--filter',
    `label=com.docker.compose.project=${foreign.name}`,
  );
  const things = [id, `${foreign.name}-other-1`, `${foreign.name}_data`];
  const all = verb.options.flatMap((one): Action[] => [
    action.parse({
      verb: one,
      services: things,
      volumes: things,
      recreateVolumes: things,
      scale: Object.fromEntries(things.map((thing) => [thing, 0])),
      version: id,
      release: id,
      digests: { [id]: 'sha256:0' },
      removeOrphans: true,
    }),
    ...things.map((thing) => action.parse({ verb: one, services: [thing], wait: false })),
    ...things.map((thing) => action.parse({ verb: one, volumes: [thing], recreateVolumes: [thing], wait: false })),
  ]);
  for (const wanted of all) await attempt('default', wanted);
  await attempt(id, action.parse({ verb: 'down' }));
  for (const call of [
    () => client.operation.cancel({ id }),
    () => client.releases.recover({ environment: id }),
    () => client.releases.recover({ environment: 'default' }),
  ])
    await call().catch(() => undefined);
  expect(await foreignState()).toBe(before);
}, 300_000);
