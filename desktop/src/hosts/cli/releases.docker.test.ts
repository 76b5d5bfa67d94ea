import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Release, RemoteRelease, Verification } from '#contract/index.ts';
import { docker, dockerText } from '#testing/docker-cli.ts';
import type { Ended } from '#testing/quayside-command.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

let stack: ReleaseProject;

beforeAll(async () => {
  stack = await createReleaseProject();
  await stack.push('1.0.0', { labels: { 'dev.quayside.commit.subject': 'Sell umbrellas' } });
  await stack.push('1.1.0');
  await stack.push('1.2.0', { broken: 'page' });
});

afterAll(() => stack.remove());

/** The last line of --json output. */
function resultOf({ out }: Ended): Result {
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Result;
}

interface Result {
  readonly ok: boolean;
  readonly releases: (Release & RemoteRelease)[];
  readonly verification: Verification;
}

const quick = ['--window', '1'];

// The tests go on from each other, as the days of a stack do.
describe('the life of a stack', () => {
  test('versions in the registry are listed in words, and nothing is pulled for it', async () => {
    const { releases } = resultOf(await stack.run(['--json', 'releases', '--remote']));
    expect(releases.map(({ version }) => version).sort()).toEqual(['1.0.0', '1.1.0', '1.2.0']);
    const first = releases.find(({ version }) => version === '1.0.0');
    expect(first).toMatchObject({ missing: [], current: false, provenance: { subject: 'Sell umbrellas' } });
    expect(Object.fromEntries(first?.images.map(({ service, digest }) => [service, digest]) ?? [])).toEqual(
      stack.digests('1.0.0'),
    );
    expect(await dockerText('image', 'ls', '-q', '--filter', `reference=${stack.registry.host}/*`)).toBe('');
  });

  test('a version is deployed by digest, and then the next', async () => {
    for (const version of ['1.0.0', '1.1.0']) {
      const ended = await stack.run(['deploy', version, ...quick]);
      expect(ended, ended.err).toMatchObject({ status: 0 });
      expect(ended.out).toContain(`You are on ${version}`);
      expect(await stack.running()).toEqual(stack.digests(version));
      expect(await stack.served()).toBe(version);
    }
  });

  test('one that does not get healthy goes, and what ran before runs again: exit status 4, both stories told', async () => {
    const ended = await stack.run(['deploy', '1.2.0', ...quick]);
    expect(ended.status, ended.out + ended.err).toBe(4);
    expect(ended.err).toContain('page');
    expect(ended.err).toContain('What ran before runs again');
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
    expect(await stack.served()).toBe('1.1.0');
  });

  test('docker compose up -d has nothing to do: the names stand for what runs', async () => {
    const before = await stack.project.compose('ps', '-q');
    await stack.project.compose('up', '-d', '--wait');
    expect(await stack.project.compose('ps', '-q')).toBe(before);
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
  });

  test('a version that does not exist touches nothing', async () => {
    const ended = await stack.run(['--json', 'deploy', '9.9.9']);
    expect(ended.status).toBe(1);
    expect(resultOf(ended)).toMatchObject({ ok: false, problem: { code: 'IMAGE_NOT_FOUND' } });
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
  });

  test('a dry run shows plan and light, and changes nothing', async () => {
    const ended = await stack.run(['--json', 'rollback', '1.0.0', '--dry-run']);
    expect(resultOf(ended)).toMatchObject({ ok: true, plan: { verb: 'rollback' }, readiness: { light: 'green' } });
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
  });

  test('after images are pruned and without the registry, it rolls back, and forth', async () => {
    await docker(['image', 'prune', '-f']);
    await stack.registry.dispose();
    const { releases } = resultOf(await stack.run(['--json', 'releases']));
    const good = releases.filter(({ outcome }) => outcome === 'done');
    expect(good.map(({ version, readiness }) => [version, readiness?.light])).toEqual([
      ['1.1.0', 'green'],
      ['1.0.0', 'green'],
    ]);
    const back = await stack.run(['rollback']);
    expect(back, back.err).toMatchObject({ status: 0 });
    expect(back.out).toContain('You are on 1.0.0');
    expect(await stack.running()).toEqual(stack.digests('1.0.0'));
    expect(await stack.served()).toBe('1.0.0');
    const forth = await stack.run(['rollback', '1.1.0']);
    expect(forth, forth.err).toMatchObject({ status: 0 });
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
  });

  test('what runs is proved at any time, and drift is told', async () => {
    const proof = await stack.run(['--json', 'verify']);
    expect(resultOf(proof).verification).toMatchObject({ ok: true, version: '1.1.0' });
    await stack.project.compose('stop', 'page');
    const drift = await stack.run(['verify']);
    expect(drift.status).toBe(1);
    expect(drift.out).toContain('page does not run');
  });

  test('the whole story is kept', async () => {
    const { releases } = resultOf(await stack.run(['--json', 'history']));
    expect(releases.map(({ cause, version, outcome }) => [cause, version, outcome]).reverse()).toEqual([
      ['deploy', '1.0.0', 'done'],
      ['deploy', '1.1.0', 'done'],
      ['deploy', '1.2.0', 'restored'],
      ['rollback', '1.0.0', 'done'],
      ['rollback', '1.1.0', 'done'],
    ]);
  });
});
