import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReleaseComparison } from '#contract/index.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

let stack: ReleaseProject;
const quick = ['--window', '0'];
const revision = { old: 'a'.repeat(40), next: 'b'.repeat(40), later: 'c'.repeat(40) };

const commit = (id: string, subject: string) => ({
  labels: { 'org.opencontainers.image.revision': id, 'dev.quayside.commit.subject': subject },
});

/** Writes the compose file anew with other settings of `api`. */
async function change(api: object, more: object = {}): Promise<void> {
  const model = JSON.parse(await stack.project.read('compose.yaml')) as { services: Record<string, object> };
  const services = { ...model.services, api: { ...model.services['api'], ...api }, ...more };
  await stack.project.write('compose.yaml', { ...model, services });
}

async function compare(...names: string[]): Promise<ReleaseComparison> {
  const ended = await stack.run(['--json', 'releases', 'compare', ...names]);
  const { ok, comparison } = JSON.parse(ended.out) as { ok: boolean; comparison: ReleaseComparison };
  expect(ok, ended.err).toBe(true);
  return comparison;
}

beforeAll(async () => {
  stack = await createReleaseProject();
  await stack.push('1.0.0', commit(revision.old, 'Sell umbrellas'));
  await stack.push('1.1.0', commit(revision.next, 'Sell raincoats'));
  await stack.push('2.0.0', commit(revision.later, 'Sell boots'));
  await change({ environment: { API_KEY: 'canary-old', GREETING: 'hello', GONE: 'x' } });
  expect(await stack.run(['deploy', '1.0.0', ...quick])).toMatchObject({ status: 0 });
  const image = `${stack.image('api')}:\${VERSION:-1.0.0}`;
  await change(
    { environment: { API_KEY: 'canary-new', GREETING: '$$hi' }, mem_limit: '64m' },
    { extra: { image, command: ['/busybox', 'sleep', '1000'], init: true, stop_grace_period: '1s' } },
  );
  expect(await stack.run(['deploy', '1.1.0', ...quick])).toMatchObject({ status: 0 });
});

afterAll(() => stack.remove());

test('going back is told as what it is: commits lost, images, variables, configuration, services', async () => {
  const found = await compare('1.0.0');
  expect(found).toMatchObject({ from: { version: '1.1.0' }, to: { version: '1.0.0' } });
  expect(found.commits.gained).toEqual([]);
  expect(found.commits.lost).toMatchObject([{ subject: 'Sell raincoats', revision: revision.next }]);
  expect(found.services).toEqual({ added: [], removed: ['extra'] });
  const api = found.images.find(({ service }) => service === 'api');
  expect(api).toMatchObject({
    from: { version: '1.1.0', revision: revision.next, digest: stack.digests('1.1.0')['api'] },
    to: { version: '1.0.0', revision: revision.old, digest: stack.digests('1.0.0')['api'] },
  });
  expect(found.variables).toEqual([
    { service: 'api', name: 'API_KEY', from: '********', to: '********' },
    { service: 'api', name: 'GONE', to: 'x' },
    { service: 'api', name: 'GREETING', from: '$hi', to: 'hello' },
  ]);
  expect(found.settings).toEqual([{ path: 'services.api.mem_limit', from: String(64 * 1024 * 1024) }]);
});

test('a version that is only in the registry is compared without a pull', async () => {
  const found = await compare('1.0.0', '2.0.0');
  expect(found.commits.gained.map(({ subject }) => subject)).toEqual(['Sell boots', 'Sell raincoats']);
  expect(found.images.find(({ service }) => service === 'page')?.to).toMatchObject({
    version: '2.0.0',
    digest: stack.digests('2.0.0')['page'],
  });
  expect(found.services).toEqual({ added: ['extra'], removed: [] });
  expect(await dockerText('image', 'ls', '-q', `${stack.image('page')}:2.0.0`)).toBe('');
});

test('people read it in words, without a secret; what is the same is said to be', async () => {
  const { out } = await stack.run(['releases', 'compare', '1.0.0', '1.1.0']);
  expect(out).toContain('from 1.0.0 to 1.1.0');
  expect(out).toContain('Sell raincoats');
  expect(out).toContain('api GREETING: hello -> $hi');
  expect(out).not.toContain('canary');
  expect((await stack.run(['releases', 'compare', '1.1.0'])).out).toContain('They do not differ.');
});

test('a name that is none is told', async () => {
  const ended = await stack.run(['releases', 'compare', '9.9.9']);
  expect(ended.status).toBe(1);
  expect(ended.err).toContain('9.9.9');
});
