import { expect, test, vi } from 'vitest';
import { problemOf } from '#client/problem.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { createOperationStore } from './operation.ts';
import { createReleasesStore } from './releases.ts';

function storesFor(scene: string) {
  const core: Core = {
    client: fakeClient(scene),
    connected: () => Promise.resolve(),
    refusal: problemOf,
    state: () => ({ status: 'connected', since: 0 }),
  };
  const operation = createOperationStore(core);
  const store = createReleasesStore(core, operation);
  return {
    operation: operation.getState(),
    ...store.getState(),
    entry: () => store.getState().byEnvironment['production'],
  };
}

test('the list comes with a reading of what runs', async () => {
  const store = storesFor('releases');
  await store.load('production');
  expect(store.entry()?.releases?.find(({ current }) => current)?.version).toBe('1.4.2');
  expect(store.entry()?.verification).toMatchObject({ ok: true, version: '1.4.2' });
  expect(store.entry()?.verifying).toBe(false);
});

test('nothing is read back where nothing was ever deployed', async () => {
  const store = storesFor('releases-empty');
  await store.load('production');
  expect(store.entry()).toEqual({ releases: [], problem: undefined });
});

test('a registry that refuses leaves the list as it is, and what it showed before', async () => {
  const store = storesFor('releases-login');
  await store.load('production');
  await store.look('production');
  expect(store.entry()?.remoteProblem).toMatchObject({ code: 'REGISTRY_LOGIN' });
  expect(store.entry()?.looking).toBe(false);
  expect(store.entry()?.releases).not.toEqual([]);
});

test('a rollback that ends is seen in the list and in what the registry shows', async () => {
  const store = storesFor('releases');
  await Promise.all([store.load('production'), store.look('production')]);
  expect(
    store
      .entry()
      ?.remote?.releases.filter(({ current }) => current)
      .map(({ version }) => version),
  ).toEqual(['1.4.2']);
  const target = store.entry()?.releases?.find(({ version }) => version === '1.4.1');
  await store.operation.start('production', { verb: 'rollback', services: [], release: target?.id ?? '' });
  await vi.waitFor(() => {
    expect(store.entry()?.releases?.find(({ current }) => current)?.version).toBe('1.4.1');
    expect(store.entry()?.verification?.version).toBe('1.4.1');
  }, 12_000);
  expect(
    store
      .entry()
      ?.remote?.releases.filter(({ current }) => current)
      .map(({ version }) => version),
  ).toEqual(['1.4.1']);
}, 15_000);

test('a release that was cut off is brought to an end and told', async () => {
  const store = storesFor('releases-interrupted');
  await store.load('production');
  expect(store.entry()?.releases?.[0]?.outcome).toBe('interrupted');
  await store.recover('production');
  expect(store.entry()?.recovered).toContain('runs again');
  expect(store.entry()?.releases?.[0]?.outcome).toBe('restored');
  store.dismiss('production');
  expect(store.entry()?.recovered).toBeUndefined();
});
