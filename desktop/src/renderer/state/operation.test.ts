import { expect, test, vi } from 'vitest';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { createOperationStore } from './operation.ts';

function storeFor(scene: string) {
  const core: Core = {
    client: fakeClient(scene),
    connected: () => Promise.resolve(),
    refusal: () => undefined,
    state: () => ({ status: 'connected', since: 0 }),
  };
  const store = createOperationStore(core);
  return { ...store.getState(), entry: () => store.getState().byEnvironment['development'] };
}

const up = { verb: 'up' as const, services: [] };

test('a start is followed to its end and stays until it is put away', async () => {
  const store = storeFor('empty');
  await store.start('development', up);
  await vi.waitFor(() => {
    expect(store.entry()?.view?.end?.outcome).toBe('done');
  }, 5_000);
  expect(store.entry()?.ordering).toBe(false);
  store.dismiss('development');
  expect(store.entry()?.view).toBeUndefined();
});

test('a start that preflight refuses begins nothing and shows what is in the way', async () => {
  const store = storeFor('preflight');
  await store.start('development', up);
  expect(store.entry()?.view).toBeUndefined();
  expect(store.entry()?.refused?.findings.map(({ severity }) => severity)).toContain('blocker');
  store.dismiss('development');
  expect(store.entry()?.refused).toBeUndefined();
});

test('a running operation is found again from its first event and is not put away', async () => {
  const store = storeFor('starting');
  store.attach('development', 'op-1');
  await vi.waitFor(() => {
    expect(store.entry()?.view?.waiting).toHaveProperty('backend');
  });
  expect(store.entry()?.view?.steps.filter(({ progress }) => progress === 'done')).toHaveLength(6);
  store.dismiss('development');
  expect(store.entry()?.view?.id).toBe('op-1');
});
