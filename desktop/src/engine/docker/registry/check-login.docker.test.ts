import { beforeAll, expect, test } from 'vitest';
import { toProblem } from '#contract/index.ts';
import { type LocalRegistry, registryLogin, startLocalRegistry } from '#testing/registry/local-registry.ts';
import { pushImage } from '#testing/registry/push-image.ts';
import { folderWith } from '../build/fixtures/folder.ts';
import { realTransport, removeImageLater } from '../build/fixtures/real-engine.ts';
import { collect } from '../fixtures/collect.ts';
import type { KeptLogin, KeptLogins } from '../types.ts';
import { askRegistry } from './ask-registry.ts';
import { checkLogin } from './check-login.ts';
import { pullImage } from './pull.ts';

const deadlineMs = 30_000;
let registry: LocalRegistry;
beforeAll(async () => {
  registry = await startLocalRegistry({ login: true });
  return () => registry.dispose();
});

const check = (login: KeptLogin, host = registry.host) => checkLogin(realTransport(), host, login, deadlineMs);
const kept = (login: KeptLogin): KeptLogins => ({
  domains: () => Promise.resolve([registry.host]),
  find: (domain) => Promise.resolve(domain === registry.host ? login : undefined),
});

test('a login that the registry accepts passes, another one is refused without being repeated', async () => {
  await check(registryLogin);
  const wrong = { ...registryLogin, password: 'quite-another-password' };
  const error: unknown = await check(wrong).catch((refused: unknown) => refused);
  expect(error).toMatchObject({ code: 'REGISTRY_LOGIN', details: { registry: registry.host } });
  expect(JSON.stringify(toProblem(error))).not.toContain(wrong.password);
  await expect(check({ ...registryLogin, username: 'nobody' })).rejects.toMatchObject({ code: 'REGISTRY_LOGIN' });
});

test('a registry that is not there is told from a login that is refused', async () => {
  await expect(check(registryLogin, '127.0.0.1:1')).rejects.toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
});

test('with a login that is kept the engine gives out what it refuses without', async () => {
  const image = `${registry.host}/qs-test-kept-login:1`;
  await pushImage(image, true);
  removeImageLater(image);
  const env = { DOCKER_CONFIG: await folderWith({ 'config.json': '{}' }) };
  const transport = realTransport();
  await expect(askRegistry(transport, image, { env, deadlineMs })).rejects.toMatchObject({ code: 'REGISTRY_LOGIN' });
  expect((await askRegistry(transport, image, { env, deadlineMs, kept: kept(registryLogin) })).platforms).toHaveLength(
    1,
  );
  const events = await collect(pullImage(transport, image, { env, kept: kept(registryLogin) }));
  expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
});
