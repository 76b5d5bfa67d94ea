import { expect, test } from 'vitest';
import type { StackUsage } from '#contract/index.ts';
import { usageHistories } from './usage-history.ts';

const begin = Date.parse('2026-09-21T12:00:00Z');
const reading = (second: number, cores: Record<string, number>, everySeconds = 5): StackUsage => ({
  environment: 'development',
  at: new Date(begin + second * 1000).toISOString(),
  everySeconds,
  services: Object.entries(cores).map(([name, busy]) => ({ name, cores: busy, memory: 1000 * busy, containers: [] })),
});
const line = (readings: readonly StackUsage[], name: string) =>
  usageHistories(readings)
    .get(name)
    ?.cpu.map(({ at, value }) => [(at - begin) / 1000, value]);

test('a service that stops leaves a gap, and has no figure of now', () => {
  const readings = [
    reading(0, { web: 1, db: 2 }),
    reading(5, { db: 2 }),
    reading(10, { web: 3, db: 2 }),
    reading(15, { db: 2 }),
  ];
  expect(line(readings, 'web')).toEqual([
    [0, 1],
    [5, undefined],
    [10, 3],
    [15, undefined],
  ]);
  expect(usageHistories(readings).get('web')?.last).toBeUndefined();
  expect(usageHistories(readings).get('db')?.last?.cores).toBe(2);
  expect(
    usageHistories(readings)
      .get('db')
      ?.memory.map(({ value }) => value),
  ).toEqual([2000, 2000, 2000, 2000]);
});

test('a slower pace is no gap, a time in which nobody looked is one', () => {
  const readings = [
    reading(0, { web: 1 }),
    reading(30, { web: 1 }, 30),
    reading(60, { web: 1 }),
    reading(120, { web: 1 }),
  ];
  expect(line(readings, 'web')).toEqual([
    [0, 1],
    [30, 1],
    [60, 1],
    [120, undefined],
    [120, 1],
  ]);
  expect(line([reading(0, { web: 1 }, 60), reading(60, { web: 1 }, 60)], 'web')).toEqual([
    [0, 1],
    [60, 1],
  ]);
});
