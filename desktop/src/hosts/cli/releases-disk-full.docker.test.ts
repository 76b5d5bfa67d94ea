import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem, Release } from '#contract/index.ts';
import { docker } from '#testing/docker-cli.ts';
import type { Ended } from '#testing/quayside-command.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';
import { canHaveSmallEngine, type SmallEngine, startSmallEngine } from '#testing/small-engine.ts';

const quick = ['--window', '0'];
const run = promisify(execFile);

function problemOf({ out }: Ended): Problem | undefined {
  return (JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as { problem?: Problem }).problem;
}

// Filling the disks that all tests share would fail the others.
describe.skipIf(!canHaveSmallEngine())('with a disk that is full (needs root and dockerd)', () => {
  let engine: SmallEngine;
  let stack: ReleaseProject;

  beforeAll(async () => {
    engine = await startSmallEngine(60);
    stack = await createReleaseProject({ engine: engine.url });
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await stack.push(version);
    for (const version of ['1.0.0', '1.1.0'])
      expect(await stack.run(['deploy', version, ...quick])).toMatchObject({ status: 0 });
  });

  afterAll(async () => {
    const env = { DOCKER_HOST: engine.url };
    const ids = (await docker(['ps', '-aq'], { env })).stdout.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await docker(['rm', '-f', ...ids], { env });
    await stack.remove();
    await engine.dispose();
  });

  // The tests go on from each other.
  test('a record that cannot be written down ends the release before anything is touched', async () => {
    const small = await mkdtemp(join(tmpdir(), 'qs-test-small-'));
    await run('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'qs-test-small', small]);
    try {
      await run('cp', ['-r', `${stack.state}/.`, small]);
      const { stdout } = await run('find', [join(small, 'releases'), '-name', '*.jsonl']);
      const before = await readFile(stdout.trim());
      const room = Number((await run('df', ['--output=avail', '-B1', small])).stdout.trim().split('\n').at(-1));
      await writeFile(join(small, 'fill'), Buffer.alloc(room));
      const ended = await stack.run(['--json', 'rollback', '1.0.0', ...quick], { QUAYSIDE_STATE_DIR: small });
      expect(ended.status, ended.out).toBe(1);
      expect(problemOf(ended)).toMatchObject({ code: 'DISK_FULL', remedy: expect.stringMatching(/\w/) as string });
      expect(await stack.running()).toEqual(stack.digests('1.1.0'));
      const listed = await stack.run(['releases'], { QUAYSIDE_STATE_DIR: small });
      expect(listed.out, listed.err).toContain('1.1.0');
      // What was written before is whole, and once there is room everything goes on.
      expect((await readFile(stdout.trim())).subarray(0, before.length)).toEqual(before);
      await rm(join(small, 'fill'));
      const again = await stack.run(['rollback', '1.0.0', ...quick], { QUAYSIDE_STATE_DIR: small });
      expect(again.status, again.err).toBe(0);
      const back = await stack.run(['rollback', '1.1.0', ...quick], { QUAYSIDE_STATE_DIR: small });
      expect(back.status, back.err).toBe(0);
      await run('cp', ['-r', `${small}/.`, stack.state]);
    } finally {
      await run('umount', [small]);
      await rm(small, { recursive: true });
    }
  });

  test('of the engine: a new version is refused, the one that runs is kept, and one that is here can still be gone back to', async () => {
    await engine.fill(1_000_000);
    const ended = await stack.run(['--json', 'deploy', '1.2.0', ...quick]);
    expect(ended.status, ended.out).toBe(1);
    expect(problemOf(ended)).toMatchObject({ code: 'DISK_FULL', remedy: expect.stringMatching(/\w/) as string });
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
    expect(await stack.served()).toBe('1.1.0');
    const listed = JSON.parse((await stack.run(['--json', 'releases'])).out) as { releases: Release[] };
    expect(listed.releases.map(({ version }) => version)).not.toContain('1.2.0');
    const back = await stack.run(['rollback', '1.0.0', ...quick]);
    expect(back.status, back.err).toBe(0);
    expect(await stack.running()).toEqual(stack.digests('1.0.0'));
  });
});
