import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem, Release } from '#contract/index.ts';
import { docker, dockerText } from '#testing/docker-cli.ts';
import {
  answering,
  breakingOff,
  damaging,
  type FaultRegistry,
  hanging,
  hangingUp,
  type RegistryFault,
  type RegistryPart,
  registryError,
  stalling,
  startFaultRegistry,
} from '#testing/registry/fault-registry.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';

let stack: ReleaseProject;
let faults: FaultRegistry;
const quick = ['--window', '0'];
/** What neither a layer nor a manifest is about. */
const pass: RegistryFault = (exchange) => {
  exchange.pass();
};

beforeAll(async () => {
  stack = await createReleaseProject({
    async before(registry) {
      faults = await startFaultRegistry(registry.host);
      return faults;
    },
  });
  await stack.push('1.0.0');
  await stack.push('1.1.0');
  const first = await stack.run(['deploy', '1.0.0', ...quick]);
  expect(first, first.err).toMatchObject({ status: 0 });
});

afterAll(async () => {
  await stack.remove();
  await faults.dispose();
});

const containers = () =>
  dockerText('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${stack.project.name}`);

/** Deploys 1.1.0, expects a clear refusal, and that nothing has changed: same containers, same records, no lock. */
async function refused(): Promise<Problem> {
  const before = await containers();
  const ended = await stack.run(['--json', 'deploy', '1.1.0', ...quick]);
  expect(ended.status, ended.out + ended.err).toBe(1);
  const last = JSON.parse(ended.out.trimEnd().split('\n').at(-1) ?? '') as { ok: boolean; problem: Problem };
  expect(last.ok).toBe(false);
  expect(last.problem.remedy).toMatch(/\w/);
  expect(await containers()).toBe(before);
  expect(await stack.served()).toBe('1.0.0');
  expect(await dockerText('ps', '-aq', '--filter', `name=quayside-lock-${stack.project.name}`)).toBe('');
  const listed = JSON.parse((await stack.run(['--json', 'releases'])).out) as { releases: Release[] };
  expect(listed.releases.map(({ version, current, readiness }) => [version, current, readiness?.light])).toEqual([
    ['1.0.0', true, 'green'],
  ]);
  return last.problem;
}

describe('a deploy from a registry that fails touches nothing', () => {
  test.each<[string, RegistryPart, RegistryFault, string]>([
    ['401 for the image', 'manifest', answering(401), 'REGISTRY_LOGIN'],
    ['403 for the image', 'manifest', answering(403), 'REGISTRY_DENIED'],
    ['404 for the image', 'manifest', answering(404), 'IMAGE_NOT_FOUND'],
    ['429 for the image', 'manifest', answering(429), 'REGISTRY_RATE_LIMIT'],
    ['500 for the image', 'manifest', answering(500), 'REGISTRY_UNREACHABLE'],
    ['a connection that is closed', 'manifest', hangingUp, 'REGISTRY_UNREACHABLE'],
    ['no answer at all', 'manifest', hanging, 'REGISTRY_UNREACHABLE'],
    ['401 for a layer', 'blob', answering(401, registryError('UNAUTHORIZED', 'log in')), 'REGISTRY_LOGIN'],
    ['403 for a layer', 'blob', answering(403, registryError('DENIED', 'denied')), 'REGISTRY_DENIED'],
    ['404 for a layer', 'blob', answering(404, registryError('BLOB_UNKNOWN', 'blob unknown')), 'IMAGE_NOT_FOUND'],
    ['429 for a layer', 'blob', answering(429, registryError('TOOMANYREQUESTS', 'slowly')), 'REGISTRY_RATE_LIMIT'],
    ['500 for a layer', 'blob', answering(500), 'REGISTRY_UNREACHABLE'],
    ['a damaged layer', 'blob', damaging, 'REGISTRY_UNREACHABLE'],
    ['a layer that stops coming', 'blob', stalling, 'REGISTRY_UNREACHABLE'],
  ])('%s', async (_name, part, fault, code) => {
    faults.fail(part, fault);
    try {
      expect(await refused()).toMatchObject({ code });
    } finally {
      faults.fail(part, pass);
    }
  });

  test('a layer that ends too soon is asked for again, and the same command succeeds', async () => {
    faults.fail('blob', breakingOff(1000), { times: 1 });
    const ended = await stack.run(['deploy', '1.1.0', ...quick]);
    expect(ended, ended.err).toMatchObject({ status: 0 });
    expect(await stack.running()).toEqual(stack.digests('1.1.0'));
  });
});

test('an image that was deleted from the registry and here cannot be gone back to: said before anything is touched', async () => {
  const name = stack.image('page').slice(faults.host.length + 1);
  const url = `http://${stack.registry.host}/v2/${name}/manifests/${String(stack.digests('1.0.0')['page'])}`;
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(202);
  // The tag is gone with it.
  const tag = await stack.run(['--json', 'deploy', '1.0.0', ...quick]);
  expect(tag.status).toBe(1);
  expect(tag.out).toContain('"IMAGE_NOT_FOUND"');
  // While the images are here, the registry is not needed.
  expect(await stack.run(['rollback', '1.0.0', ...quick])).toMatchObject({ status: 0 });
  expect(await stack.run(['rollback', '1.1.0', ...quick])).toMatchObject({ status: 0 });
  const { out } = await stack.run(['--json', 'releases']);
  const old = (JSON.parse(out) as { releases: Release[] }).releases.find(({ version }) => version === '1.0.0');
  await docker(['image', 'rm', '-f', ...(old?.images.map(({ imageId }) => imageId) ?? [])]);
  const ended = await stack.run(['--json', 'rollback', '1.0.0', ...quick]);
  expect(ended.status).toBe(1);
  expect(ended.out).toContain('"IMAGE_NOT_FOUND"');
  expect(await stack.running()).toEqual(stack.digests('1.1.0'));
});
