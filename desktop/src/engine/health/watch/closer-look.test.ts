import { expect, test } from 'vitest';
import type { ContainerDetail, ContainerSummary } from '#engine/docker/index.ts';
import { container, service } from '#testing/stack-fixture.ts';
import { wantsReading } from './closer-look.ts';

const looked = (more: Partial<ContainerDetail>, mode: 'light' | 'probes' | 'full' = 'light'): boolean => {
  const detail = container(service('web'), 1, more);
  return wantsReading(detail, detail, mode);
};
const created = { state: 'created', running: false };

test('what is as it was is not read again, also where it was never started', () => {
  expect(looked({})).toBe(false);
  expect(looked({ health: 'healthy' })).toBe(false);
  expect(looked({ ...created, networks: { none: 'n1' } })).toBe(false);
});

test('what no event tells of is read again', () => {
  expect(looked({ health: 'unhealthy' })).toBe(true);
  expect(looked({ health: 'starting' })).toBe(true);
  expect(looked({ state: 'restarting', restarting: true })).toBe(true);
  // It shares the network of another container: a start that fails is told by nothing.
  expect(looked({ ...created, networks: {} })).toBe(true);
});

test('each probe is wanted where that is asked for, everything where all is', () => {
  expect(looked({ health: 'healthy' }, 'probes')).toBe(true);
  expect(looked({}, 'probes')).toBe(false);
  expect(looked({}, 'full')).toBe(true);
});

test('what the list tells otherwise is read', () => {
  const detail = container(service('web'), 1, { health: 'healthy' });
  const told = (more: Partial<ContainerSummary>): boolean => wantsReading({ ...detail, ...more }, detail, 'light');
  expect(told({ state: 'exited' })).toBe(true);
  expect(told({ name: 'p-web-2' })).toBe(true);
  expect(told({ health: 'unhealthy' })).toBe(true);
  expect(wantsReading(detail, undefined, 'light')).toBe(true);
});
