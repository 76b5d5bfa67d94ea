import { expect, test, vi } from 'vitest';
import { problemOf } from '#client/problem.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from '../core.ts';
import { createOperationStore } from '../operation.ts';
import { createPreferencesStore } from '../preferences.ts';
import { createStackStore } from '../stack.ts';
import { createNoticesStore } from './notices.ts';

function storesFor(scene: string) {
  const core: Core = {
    client: fakeClient(scene),
    connected: () => Promise.resolve(),
    refusal: problemOf,
    state: () => ({ status: 'connected', since: 0 }),
  };
  const operation = createOperationStore(core);
  const preferences = createPreferencesStore(core);
  const notices = createNoticesStore(core, { stack: createStackStore(core), operation, preferences });
  return { operation: operation.getState(), entry: () => operation.getState().byEnvironment['development'], notices };
}

async function stopOn(page: string, environment = 'development') {
  const { operation, entry, notices } = storesFor('healthy');
  notices.getState().look({ environment, page });
  await operation.start('development', { verb: 'stop', services: [] });
  await vi.waitFor(() => {
    expect(entry()?.view?.end).toBeDefined();
  }, 10_000);
  return notices.getState().list;
}

test('what the reader did on the page in sight is shown there and not told; from elsewhere it is', async () => {
  expect(await stopOn('/stack')).toEqual([]);
  expect(await stopOn('/logs')).toMatchObject([{ kind: 'ended', outcome: 'done', action: { verb: 'stop' } }]);
  expect(await stopOn('/releases')).toMatchObject([{ kind: 'ended' }]);
  expect(await stopOn('/stack', 'production')).toMatchObject([{ kind: 'ended' }]);
});

test('an operation that somebody else began is told when it ends, also on the page that shows it', async () => {
  const { operation, entry, notices } = storesFor('unhealthy');
  notices.getState().look({ environment: 'development', page: '/stack' });
  operation.attach('development', 'op-1');
  await vi.waitFor(() => {
    expect(entry()?.view?.end).toBeDefined();
  }, 10_000);
  expect(notices.getState().list).toMatchObject([{ kind: 'ended', outcome: 'failed' }]);
});
