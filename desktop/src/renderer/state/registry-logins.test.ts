import { expect, test } from 'vitest';
import { problemOf } from '#client/problem.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { createRegistryLoginsStore } from './registry-logins.ts';

function storeOf() {
  const core: Core = {
    client: fakeClient('healthy'),
    connected: () => Promise.resolve(),
    refusal: problemOf,
    state: () => ({ status: 'connected', since: 0 }),
  };
  return createRegistryLoginsStore(core);
}

const login = { domain: 'new.example', username: 'mina', password: 'a-token-of-the-shop' };
const own = (store: ReturnType<typeof storeOf>) =>
  store
    .getState()
    .view?.logins.filter(({ source }) => source === 'quayside')
    .map(({ domain }) => domain);

test('logins are listed, made and ended; the store holds no password', async () => {
  const store = storeOf();
  await store.getState().load();
  expect(own(store)).toEqual(['registry.example:5000']);
  expect(await store.getState().login(login)).toBe(true);
  expect(own(store)).toEqual(['registry.example:5000', 'new.example']);
  await store.getState().logout('new.example');
  expect(own(store)).toEqual(['registry.example:5000']);
  expect(JSON.stringify(store.getState())).not.toContain(login.password);
});

test('a refusal is told, and the list stays', async () => {
  const store = storeOf();
  await store.getState().load();
  expect(await store.getState().login({ ...login, domain: 'no registry' })).toBe(false);
  expect(store.getState().problem).toBeDefined();
  expect(store.getState().busy).toBe(false);
  expect(own(store)).toEqual(['registry.example:5000']);
  expect(await store.getState().login(login)).toBe(true);
  expect(store.getState().problem).toBeUndefined();
});
