import { expect, test } from 'vitest';
import type { ContainerState, Probe, ServiceCondition, ServiceState } from '#contract/index.ts';
import { createHealthRecord } from './record.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();

const probe = (second: number, exitCode = 0, output = 'well'): Probe => ({
  startedAt: at(second),
  endedAt: at(second + 0.1),
  exitCode,
  output,
});

function container(name: string, probes: readonly Probe[]): ContainerState {
  return {
    id: name,
    name,
    number: 1,
    status: 'running',
    health: 'healthy',
    oomKilled: false,
    restarts: 0,
    image: 'any:1',
    imageId: '0123456789ab',
    probes: [...probes],
    failingStreak: 0,
  };
}

function service(name: string, condition: ServiceCondition, probes: readonly Probe[] = []): ServiceState {
  return {
    name,
    condition,
    wanted: 1,
    image: `${name}:1`,
    dependsOn: [],
    ports: [],
    containers: [container(`p-${name}-1`, probes)],
    changed: false,
  };
}

const read = (record: ReturnType<typeof createHealthRecord>) => record.read(new Map());

test('a condition is written down when it changes, and only then', () => {
  const record = createHealthRecord();
  expect(record.take([service('api', 'starting')], at(0))).toBe(true);
  expect(record.take([service('api', 'starting')], at(1))).toBe(false);
  expect(record.take([{ ...service('api', 'unhealthy'), reason: 'refused' }], at(2))).toBe(true);
  expect(read(record)[0]?.changes).toEqual([
    { at: at(0), condition: 'starting' },
    { at: at(2), condition: 'unhealthy', reason: 'refused' },
  ]);
});

test('probes that the engine tells again are the same, also of two containers at the same moment', () => {
  const record = createHealthRecord();
  record.take([service('api', 'healthy', [probe(1), probe(2)])], at(2));
  record.take([service('api', 'healthy', [probe(2), probe(3, 1, 'x'.repeat(5000))])], at(3));
  const two = service('api', 'healthy', [probe(3, 1)]);
  record.take([{ ...two, containers: [...two.containers, container('p-api-2', [probe(3)])] }], at(3));
  const probes = read(record)[0]?.probes ?? [];
  expect(probes.map(({ startedAt, container: of }) => [startedAt, of])).toEqual([
    [at(1), 'p-api-1'],
    [at(2), 'p-api-1'],
    [at(3), 'p-api-1'],
    [at(3), 'p-api-2'],
  ]);
  expect(probes[2]?.output).toHaveLength(1024);
});

test('what is kept is bounded: the newest stays', () => {
  const record = createHealthRecord();
  for (let second = 0; second < 500; second += 1) {
    record.take([service('api', second % 2 === 0 ? 'healthy' : 'unhealthy', [probe(second)])], at(second));
    record.answer('api', { at: at(second), container: 'p-api-1', ready: true, seconds: 0.1, checks: [] });
  }
  const [api] = read(record);
  expect([api?.changes.length, api?.probes.length, api?.readiness.length]).toEqual([50, 60, 60]);
  expect([api?.changes.at(-1)?.at, api?.probes.at(-1)?.startedAt, api?.readiness.at(-1)?.at]).toEqual(
    [0, 0, 0].map(() => at(499)),
  );
});

test('services come in the order of the files, what they name no more is forgotten, an answer of it too', () => {
  const record = createHealthRecord();
  record.take([service('worker', 'running'), service('api', 'healthy')], at(0));
  record.take([service('api', 'healthy'), service('page', 'healthy')], at(1));
  record.answer('worker', { at: at(1), container: 'p-worker-1', ready: true, seconds: 0.1, checks: [] });
  expect(read(record).map(({ name }) => name)).toEqual(['api', 'page']);
});
