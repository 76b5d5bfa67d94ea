import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

let stack: ReleaseProject;
const quick = ['--window', '0'];

beforeAll(async () => {
  stack = await createReleaseProject({ readiness: true });
  await stack.push('1.0.0');
  await stack.push('1.1.0', { unready: 'page' });
  await stack.push('1.2.0');
});

afterAll(() => stack.remove());

// The tests go on from each other.
test('a release that is healthy and does not say that it is ready goes, and what ran before runs again: exit status 4', async () => {
  const first = await stack.run(['deploy', '1.0.0', ...quick]);
  expect(first, first.err).toMatchObject({ status: 0 });
  const second = await stack.run(['deploy', '1.1.0', ...quick]);
  expect(second.status, second.out + second.err).toBe(4);
  expect(second.err).toMatch(/page is healthy, but did not say within 30 s that it is ready: .*503/);
  expect(second.err).toContain('What ran before runs again');
  expect(await stack.running()).toEqual(stack.digests('1.0.0'));
});

test('a rollback is not undone for what was not ready before either; it is told', async () => {
  const next = await stack.run(['deploy', '1.2.0', ...quick]);
  expect(next, next.err).toMatchObject({ status: 0 });
  await stack.project.write('needs/down', {});
  const back = await stack.run(['rollback', '1.0.0', ...quick]);
  expect(back, back.err).toMatchObject({ status: 0 });
  expect(back.out).toMatch(/page does not say that it is ready, and did not before: .*503/);
  expect(await stack.running()).toEqual(stack.digests('1.0.0'));
});

test('what ran before passes the same gate when it comes back, but for what was not ready before: exit status 4 or 5', async () => {
  // Not ready already: the deployment fails, and the return is not blamed for it.
  const excused = await stack.run(['deploy', '1.2.0', ...quick]);
  expect(excused.status, excused.err).toBe(4);
  expect(await stack.running()).toEqual(stack.digests('1.0.0'));

  await rm(join(stack.project.directory, 'needs', 'down'));
  const running = stack.run(['deploy', '1.1.0', ...quick]);
  // Both are asked before anything stops, so what goes down from now on goes down while the new one runs: for 30 s and more, as its
  // page is never ready.
  await vi.waitFor(
    async () => {
      expect(Object.values(await stack.running())).toContain(stack.digests('1.1.0')['api']);
    },
    { timeout: 60_000, interval: 100 },
  );
  await stack.project.write('needs/down', {});
  const blamed = await running;
  expect(blamed.status, blamed.err).toBe(5);
  expect(blamed.err).toMatch(/could not be brought back: \w+ is healthy, but did not say within 30 s that it is ready/);
  expect(await stack.running()).toEqual(stack.digests('1.0.0'));
  // Thrice half a minute of patience, and what lies between.
}, 240_000);
