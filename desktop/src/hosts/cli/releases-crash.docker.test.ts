import { hostname, userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRouter } from '#api/router.ts';
import { serveInProcess } from '#api/serve/in-process.ts';
import { action } from '#contract/index.ts';
import { createEngine } from '#engine/engine.ts';
import type { Engine } from '#engine/types.ts';
import { docker, dockerText } from '#testing/docker-cli.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

let stack: ReleaseProject;
const quick = ['--window', '0'];

beforeAll(async () => {
  stack = await createReleaseProject();
  await stack.push('1.0.0');
  await stack.push('1.1.0');
  const first = await stack.run(['deploy', '1.0.0', ...quick]);
  expect(first, first.err).toMatchObject({ status: 0 });
  const second = await stack.run(['deploy', '1.1.0', ...quick]);
  expect(second, second.err).toMatchObject({ status: 0 });
});

afterAll(() => stack.remove());

function openEngine(): Engine {
  return createEngine({
    directory: stack.project.directory,
    selection: { files: [], envFiles: [], profiles: [], projectName: stack.project.name },
    endpoint: {},
    hostKind: 'test',
    version: '0.0.0',
    env: { ...process.env, QUAYSIDE_STATE_DIR: stack.state },
  });
}

/** What the next start does, before anything else. */
async function startAgain(): Promise<string[]> {
  const engine = openEngine();
  try {
    return await engine.resume();
  } finally {
    await engine.dispose();
  }
}

const locks = () => dockerText('ps', '-aq', '--filter', `name=quayside-lock-${stack.project.name}`);

describe('killed in the middle of a rollback, the next start puts it right', () => {
  test.each([
    ['with the lock taken', 'locked', '1.1.0'],
    ['with the intention written down', 'recorded', '1.1.0'],
    ['with the names pointed', 'tag:api', '1.1.0'],
    ['with everything made', 'create:PROJECT-page-1', '1.1.0'],
    ['with a service stopped', 'stop:PROJECT-api-1', '1.1.0'],
    ['with half of it swapped', 'start:PROJECT-api-1', '1.1.0'],
    ['with all of it swapped', 'proved', '1.1.0'],
    ['when it is proved', 'committed', '1.0.0'],
    ['while tidying up', 'remove:PROJECT-page-1', '1.0.0'],
  ])('%s', async (_name, point, expected) => {
    const at = point.replace('PROJECT', stack.project.name);
    const killed = await stack.run(['rollback', '1.0.0', ...quick], { QUAYSIDE_CRASH_AT: at });
    expect(killed.status, killed.out + killed.err).toBeNull();
    await startAgain();
    expect(await stack.running()).toEqual(stack.digests(expected));
    expect(await stack.served()).toBe(expected);
    // Nobody else's lock is left behind for ever: the next one takes it from the dead.
    const next = await stack.run(['rollback', '1.1.0', ...quick]);
    expect(next.status, next.err).toBe(0);
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
    expect(await locks()).toBe('');
  });
});

/** The name of the new container of a service, while it still carries a temporary one. */
async function temporary(service: string): Promise<string> {
  const filter = `label=com.docker.compose.project=${stack.project.name}`;
  const names = (await dockerText('ps', '-a', '--format', '{{.Names}}', '--filter', filter)).split('\n');
  const own = `${stack.project.name}-${service}-1`;
  const found = names.find((name) => name !== own && name.endsWith(own));
  if (found === undefined) throw new Error(`no new container of ${service} among ${names.join(', ')}`);
  return found;
}

describe('killed once more, in the middle of putting it right, the start after that does', () => {
  test.each([
    ['with the new one stopped', 'proved', 'stop:NEW-page', '1.1.0'],
    ['with an old one started', 'proved', 'start:PROJECT-api-1', '1.1.0'],
    ['with all old ones well', 'proved', 'well:page', '1.1.0'],
    ['with a new one removed', 'proved', 'remove:NEW-api', '1.1.0'],
    ['with an old one removed', 'committed', 'remove:PROJECT-api-1', '1.0.0'],
    ['with a new one named', 'committed', 'rename:PROJECT-page-1', '1.0.0'],
  ])('%s', async (_name, first, second, expected) => {
    const killed = await stack.run(['rollback', '1.0.0', ...quick], { QUAYSIDE_CRASH_AT: first });
    expect(killed.status, killed.out + killed.err).toBeNull();
    const [, service] = /^\w+:NEW-(\w+)$/.exec(second) ?? [];
    const at =
      service === undefined
        ? second.replace('PROJECT', stack.project.name)
        : second.replace(`NEW-${service}`, await temporary(service));
    const again = await stack.run(['rollback', expected, ...quick], { QUAYSIDE_CRASH_AT: at });
    expect(again.status, again.out + again.err).toBeNull();
    await startAgain();
    expect(await stack.running()).toEqual(stack.digests(expected));
    expect(await stack.served()).toBe(expected);
    const filter = `label=com.docker.compose.project=${stack.project.name}`;
    expect((await dockerText('ps', '-aq', '--filter', filter)).split('\n')).toHaveLength(2);
    const next = await stack.run(['rollback', '1.1.0', ...quick]);
    expect(next.status, next.err).toBe(0);
    expect(await locks()).toBe('');
  });
});

test('while one acts, others are told who it is and do nothing', async () => {
  const first = stack.run(['rollback', '1.0.0', '--window', '6']);
  await expect.poll(locks, { timeout: 60_000 }).not.toBe('');
  const others = await Promise.all([stack.run(['rollback', '1.1.0']), stack.run(['stop'])]);
  for (const { status, err } of others) {
    expect(status, err).toBe(6);
    expect(err).toMatch(/is locked: .+ on .+, rollback 1\.0\.0, since/);
  }
  const ended = await first;
  expect(ended.status, ended.err).toBe(0);
  expect(await stack.running()).toEqual(stack.digests('1.0.0'));
});

test('a lock of somebody who is alive is respected by every verb', async () => {
  const name = `quayside-lock-${stack.project.name}`;
  const label = `dev.quayside.lock=${stack.project.name}`;
  await docker(['create', '--name', name, '--label', label, 'quayside.local/lock:1', 'x']);
  try {
    for (const verb of [['stop'], ['rollback', '1.1.0']])
      expect((await stack.run(verb)).status, verb.join(' ')).toBe(6);
    expect(await stack.running()).toEqual(stack.digests('1.0.0'));
  } finally {
    await docker(['rm', name]);
  }
});

test('a release that a user of a shared panel begins is theirs in the activity log and in its record, with the account', async () => {
  const engine = openEngine();
  const mina = { user: { name: 'mina', role: 'operator' }, actor: { name: 'mina', origin: '192.0.2.7' } } as const;
  const client = serveInProcess(createRouter(engine), mina);
  try {
    const environment = 'default';
    const current = (await client.releases.list({ environment })).find((one) => one.current)?.version;
    const release = current === '1.1.0' ? '1.0.0' : '1.1.0';
    const back = action.parse({ verb: 'rollback', release, window: 0 });
    const { id } = await client.operation.start({ environment, action: back });
    for await (const { events } of await client.operation.watch({ id }))
      if (events.some(({ type }) => type === 'end')) break;
    // The end is told before it is written down.
    const written = async () => (await client.activity.list({ limit: 1 })).entries;
    await expect
      .poll(written)
      .toMatchObject([{ actor: 'mina', origin: '192.0.2.7', kind: 'rollback', outcome: 'done' }]);
    const [newest, before] = await client.releases.list({ environment });
    expect(newest).toMatchObject({ actor: `mina via ${userInfo().username}`, host: hostname(), current: true });
    expect(before?.actor).toBe(userInfo().username);
  } finally {
    await engine.dispose();
  }
});
