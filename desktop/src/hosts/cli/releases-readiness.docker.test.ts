import { afterAll, beforeAll, expect, test } from 'vitest';
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
