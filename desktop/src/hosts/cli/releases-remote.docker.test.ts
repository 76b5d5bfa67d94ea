import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RemoteReleases } from '#contract/index.ts';
import { type Repository, repositoryAt } from '#testing/registry/artifacts.ts';
import { provenanceOf, signature } from '#testing/registry/attestations.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

const services = ['api', 'page'] as const;
let stack: ReleaseProject;

const repository = (service: string): Repository =>
  repositoryAt(stack.registry.host, stack.image(service).slice(stack.registry.host.length + 1));

const digest = (service: string, version: string): string => stack.digests(version)[service] ?? '';

async function remote(): Promise<RemoteReleases> {
  const ended = await stack.run(['--json', 'releases', '--remote']);
  expect(ended.status, ended.err).toBe(0);
  return JSON.parse(ended.out) as RemoteReleases;
}

const run = 'https://github.com/acme/shop/actions/runs/821/attempts/1';

beforeAll(async () => {
  stack = await createReleaseProject();
  for (const version of ['1.0.0', '1.1.0', '1.2.0-rc.1']) await stack.push(version);
  for (const service of services) {
    await repository(service).tag('1.1.0', 'main');
    await repository(service).tag('1.1.0', 'sha-0123456789ab');
    await repository(service).tag('1.0.0', service === 'api' ? 'half' : 'other');
    await repository(service).tag('1.0.0', 'mixed');
  }
  await repository('page').tag('1.1.0', 'mixed');
  await repository('api').attach(digest('api', '1.0.0'), provenanceOf(digest('api', '1.0.0'), run));
  await repository('page').putUnder(`${digest('page', '1.0.0').replace(':', '-')}.att`, signature);
  for (const service of services) {
    await repository(service).attach(digest(service, '1.1.0'), signature);
    // It is about another image.
    const { annotations = {}, ...foreign } = provenanceOf(digest(service, '1.0.0'), run);
    await repository(service).attach(digest(service, '1.2.0-rc.1'), { ...foreign, annotations });
  }
  const old = `${digest('page', '1.1.0').replace(':', '-')}.sig`;
  await repository('page').putUnder(old, signature);
});

afterAll(() => stack.remove());

test('a branch is no version: it is shown with the release that it stands for, as is the tag of the commit', async () => {
  const { releases, others } = await remote();
  expect(releases.map(({ version, names }) => [version, names]).sort()).toEqual([
    ['1.0.0', []],
    ['1.1.0', ['sha-0123456789ab', 'main']],
    ['1.2.0-rc.1', []],
  ]);
  // What not every service has, or what stands for different releases, names none.
  expect(others).toEqual(['half', 'mixed', 'other']);
});

test('signatures and attestations are told as found, and never as verified', async () => {
  const { releases } = await remote();
  const signed = Object.fromEntries(releases.map((one) => [one.version, one.signed]));
  expect(signed).toEqual({
    '1.0.0': { state: 'attested', run },
    '1.1.0': { state: 'signed' },
    // The run is not taken from an attestation about another image.
    '1.2.0-rc.1': { state: 'attested' },
  });
  expect(releases.find(({ version }) => version === '1.0.0')?.provenance.run).toBe(run);
  const { out } = await stack.run(['releases', '--remote']);
  expect(out).toMatch(/1\.1\.0 .*signed, not verified .*main/);
});
