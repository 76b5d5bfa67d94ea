import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Readiness, Release } from '#contract/index.ts';
import { docker } from '#testing/docker-cli.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

let stack: ReleaseProject;

async function releases(): Promise<Release[]> {
  const { out } = await stack.run(['--json', 'releases']);
  return (JSON.parse(out) as { releases: Release[] }).releases;
}

/** The light of 1.0.0, which is not the one that runs. */
async function light(): Promise<Readiness | undefined> {
  return (await releases()).find(({ version }) => version === '1.0.0')?.readiness;
}

beforeAll(async () => {
  stack = await createReleaseProject();
  await stack.push('1.0.0');
  await stack.push('1.1.0');
  await stack.project.write('token', 'canary');
  const model = JSON.parse(await stack.project.read('compose.yaml')) as { services: Record<string, object> };
  const page = { ...model.services['page'], secrets: ['token'] };
  const secrets = { token: { file: './token' } };
  await stack.project.write('compose.yaml', { services: { ...model.services, page }, secrets });
  for (const version of ['1.0.0', '1.1.0'])
    expect(await stack.run(['deploy', version, '--window', '0'])).toMatchObject({ status: 0 });
});

afterAll(() => stack.remove());

// The tests go on from each other.
test('a file that the release reads is missed before it is needed', async () => {
  expect(await light()).toMatchObject({ light: 'green' });
  await rm(join(stack.project.directory, 'token'));
  expect(await light()).toEqual({
    light: 'amber',
    reasons: [expect.stringMatching(/the file \S+token, which it reads/)],
  });
  await stack.project.write('token', 'canary');
});

test('images that are gone here have to be pulled: how much that is, and whether there is room', async () => {
  const old = (await releases()).find(({ version }) => version === '1.0.0');
  await docker(['image', 'rm', '-f', ...(old?.images.map(({ imageId }) => imageId) ?? [])]);
  const found = await light();
  expect(found).toEqual({
    light: 'amber',
    reasons: ['api', 'page'].map((service): unknown =>
      expect.stringMatching(new RegExp(`the image of ${service} has to be pulled from the registry \\(1\\.\\d MB\\)`)),
    ),
  });
});

test('what is gone from the registry too cannot be gone back to, and says so', async () => {
  const digest = stack.digests('1.0.0')['page'] ?? '';
  const name = stack.image('page').slice(stack.registry.host.length + 1);
  const url = `http://${stack.registry.host}/v2/${name}/manifests/${digest}`;
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(202);
  expect(await light()).toMatchObject({
    light: 'red',
    reasons: ['the image of page is gone, here and from the registry'],
  });
  const ended = await stack.run(['rollback', '1.0.0']);
  expect(ended.status).toBe(1);
  expect(ended.err).toContain('remedy');
  expect(await stack.running()).toEqual(stack.digests('1.1.0'));
});

test('a registry that does not answer is told apart from an image that is gone', async () => {
  await stack.registry.dispose();
  expect(await light()).toEqual({
    light: 'amber',
    reasons: [expect.stringContaining('whether the registry has it is not known')],
  });
});
