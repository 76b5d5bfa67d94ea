import { afterEach, beforeEach, expect, test } from 'vitest';
import { attestImage } from '#testing/registry/attest-image.ts';
import { type FakeSigstore, startFakeSigstore } from '#testing/registry/fake-sigstore.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const identity = `https://github.com/${workflow}@refs/heads/main`;

let stack: ReleaseProject;
let sigstore: FakeSigstore;
beforeEach(async () => {
  stack = await createReleaseProject();
  sigstore = await startFakeSigstore();
});
afterEach(async () => {
  await sigstore.dispose();
  await stack.remove();
});

const attest = (service: string, beside: string, digest: string, by: string) =>
  attestImage(stack, sigstore, { service, beside, digest, by });

interface Told {
  problem?: { code: string; details?: { state?: string } };
  releases?: unknown[];
}
const resultOf = (out: string): Told => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Told;

test('an image is deployed only when the workflow of the policy attested this very image', {
  timeout: 300_000,
}, async () => {
  await stack.push('1.0.0');
  const { api = '', page = '' } = stack.digests('1.0.0');
  await stack.project.write('root.json', sigstore.root);
  await stack.project.write('quayside.json', {
    policy: {
      images: [{ match: stack.image('*'), verify: 'require', workflow }],
      trusted_root: 'root.json',
    },
  });
  const refused = async (state: string): Promise<void> => {
    const { status, out } = await stack.run(['--json', 'deploy', '1.0.0', '--window', '0']);
    expect({ status, ...resultOf(out) }, out).toMatchObject({
      status: 3,
      problem: { code: 'IMAGE_UNTRUSTED', details: { service: 'api', state } },
    });
    expect(await stack.project.compose('ps', '-aq')).toBe('');
  };
  await attest('page', page, page, identity);
  await refused('unsigned');
  await attest('api', api, api, identity.replace('acme', 'mallory'));
  await refused('untrusted');
  await attest('api', api, page, identity);
  await refused('unsigned');
  await attest('api', api, api, identity);
  const done = await stack.run(['--json', 'deploy', '1.0.0', '--window', '0']);
  expect(done.status, done.out).toBe(0);
  expect(await stack.served()).toBe('1.0.0');
  const rule = { verify: 'require', workflow };
  const verified = { state: 'verified', signer: identity, rule };
  const trust = { api: verified, page: verified };
  const recorded = await stack.run(['--json', 'releases']);
  const there = await stack.run(['--json', 'releases', '--remote']);
  expect(resultOf(recorded.out).releases, recorded.out).toMatchObject([{ version: '1.0.0', trust }]);
  expect(resultOf(there.out).releases, there.out).toMatchObject([{ version: '1.0.0', trust }]);
  for (const list of [['releases'], ['releases', '--remote']])
    expect((await stack.run(list)).out).toContain('verified: acme/shop');
});
