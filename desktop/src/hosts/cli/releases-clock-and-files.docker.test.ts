import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Release } from '#contract/index.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

let stack: ReleaseProject;
const quick = ['--window', '0'];
const day = 86_400_000;

/** Makes a command believe that it is so many milliseconds later, or earlier. */
function clockBy(ms: number): Readonly<Record<string, string>> {
  const code = `const Real = Date, by = ${ms};
    globalThis.Date = class extends Real {
      constructor(...parts) { if (parts.length === 0) super(Real.now() + by); else super(...parts); }
      static now() { return Real.now() + by; }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

async function releases(): Promise<Release[]> {
  return (JSON.parse((await stack.run(['--json', 'releases'])).out) as { releases: Release[] }).releases;
}

beforeAll(async () => {
  stack = await createReleaseProject();
  for (const version of ['1.0.0', '1.1.0', '1.2.0']) await stack.push(version);
});

afterAll(() => stack.remove());

// The tests go on from each other.
test('the order of releases is that in which they were made, whatever the clock said', async () => {
  for (const [version, by] of [
    ['1.0.0', 0],
    ['1.1.0', 30 * day],
    ['1.2.0', -30 * day],
  ] as const) {
    const ended = await stack.run(['deploy', version, ...quick], clockBy(by));
    expect(ended.status, ended.err).toBe(0);
  }
  const listed = await releases();
  expect(listed.map(({ version, current }) => [version, current])).toEqual([
    ['1.2.0', true],
    ['1.1.0', false],
    ['1.0.0', false],
  ]);
  // The clock did jump.
  const [newest, middle] = listed;
  expect(Date.parse(middle?.startedAt ?? '') - Date.parse(newest?.startedAt ?? '')).toBeGreaterThan(50 * day);
  const back = await stack.run(['rollback', ...quick]);
  expect(back.out, back.err).toContain('You are on 1.1.0');
  expect(await stack.running()).toEqual(stack.digests('1.1.0'));
});

test('a lock from a clock that was ahead is neither broken unasked nor kept for ever', async () => {
  const point = { QUAYSIDE_CRASH_AT: 'locked' };
  const killed = await stack.run(['rollback', '1.0.0', ...quick], { ...point, ...clockBy(30 * day) });
  expect(killed.status).toBeNull();
  const next = await stack.run(['rollback', '1.2.0', ...quick]);
  expect(next.status, next.err).toBe(0);
});

test('a release comes back with a service that the files have no more, and that is told', async () => {
  const model = JSON.parse(await stack.project.read('compose.yaml')) as { services: Record<string, object> };
  await stack.project.write('compose.yaml', { services: { api: model.services['api'] } });
  const forward = await stack.run(['deploy', '1.2.0', ...quick]);
  expect(forward.status, forward.err).toBe(0);
  expect(await stack.running()).toEqual({ api: stack.digests('1.2.0')['api'] });
  const back = await stack.run(['rollback', '1.0.0', ...quick]);
  expect(back.status, back.err).toBe(0);
  expect(back.out + back.err).toMatch(/compose files or their environment have changed since this release \(.*page/);
  expect(await stack.running()).toEqual(stack.digests('1.0.0'));
  const proof = await stack.run(['verify']);
  expect(proof.status, proof.out).toBe(0);
});

test('a release comes back although the compose file itself is gone', async () => {
  await rm(join(stack.project.directory, 'compose.yaml'));
  const back = await stack.run(['rollback', '1.1.0', ...quick]);
  expect(back.status, back.err).toBe(0);
  expect(await stack.running()).toEqual(stack.digests('1.1.0'));
  const deploy = await stack.run(['deploy', '1.2.0', ...quick]);
  expect(deploy.status).not.toBe(0);
  expect(deploy.err).toContain('compose file');
  expect(deploy.err).toContain('remedy');
  expect(await stack.running()).toEqual(stack.digests('1.1.0'));
});
