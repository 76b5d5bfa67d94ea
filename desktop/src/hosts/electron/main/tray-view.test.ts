import { expect, test } from 'vitest';
import type { StackState } from '#contract/index.ts';
import { speechIn } from './speech.ts';
import { trayView as viewIn } from './tray-view.ts';

const healthy: StackState = {
  environment: 'development',
  project: 'shop',
  at: '2026-01-01T00:00:00.000Z',
  engine: { state: 'connected', since: '2026-01-01T00:00:00.000Z', endpoint: 'unix:///x', source: 'test' },
  condition: 'healthy',
  sentence: '2 of 2 services healthy',
  services: [],
  orphans: [],
};
const trayView = (state: StackState | undefined) => viewIn(state, speechIn('en'));
const problem = (code: 'PROJECT_NOT_FOUND' | 'COMPOSE_INVALID') => ({ code, message: 'm', remedy: 'r' });
const verbs = (state: StackState | undefined) => trayView(state).actions.map(({ verb }) => verb);

test('what runs can be stopped, what does not can be started', () => {
  expect(trayView(healthy)).toEqual({
    mark: 'ok',
    sentence: 'shop: 2 of 2 services healthy',
    actions: [{ label: 'Stop', verb: 'stop' }],
  });
  expect(trayView({ ...healthy, condition: 'degraded' })).toMatchObject({ mark: 'bad', actions: [{ label: 'Stop' }] });
  expect(verbs({ ...healthy, condition: 'stopped' })).toEqual(['up']);
  expect(verbs({ ...healthy, condition: 'empty' })).toEqual(['up']);
});

test('without its files a stack is started as it is; with broken files it is not', () => {
  expect(verbs({ ...healthy, condition: 'stopped', problem: problem('PROJECT_NOT_FOUND') })).toEqual(['start']);
  expect(verbs({ ...healthy, condition: 'stopped', problem: problem('COMPOSE_INVALID') })).toEqual([]);
});

test('nothing is offered while something is under way or not known', () => {
  expect(trayView({ ...healthy, operation: 'x' })).toMatchObject({ mark: 'busy', actions: [] });
  const reading = { done: 16, all: 500 };
  expect(trayView({ ...healthy, condition: 'unknown', reading })).toMatchObject({ mark: 'unknown', actions: [] });
  expect(trayView({ ...healthy, engine: { ...healthy.engine, state: 'lost' } })).toEqual({
    mark: 'unknown',
    sentence: 'shop: the engine does not answer.',
    actions: [],
  });
  expect(trayView(undefined)).toMatchObject({ mark: 'unknown', actions: [] });
});

test('it speaks another language, and what the core says is told in it', () => {
  const german = speechIn('de', { '{0} of {1} services healthy': '{0} von {1} Diensten gesund' });
  expect(viewIn(healthy, german)).toMatchObject({
    sentence: 'shop: 2 von 2 Diensten gesund',
    actions: [{ label: 'Stoppen' }],
  });
  expect(viewIn({ ...healthy, engine: { ...healthy.engine, state: 'lost' } }, german).sentence).toBe(
    'shop: Die Docker Engine antwortet nicht.',
  );
});
