import { expect, test } from 'vitest';
import type { HealthChange } from '#contract/index.ts';
import { stretchesOf, wellShare } from './timeline.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();
const changes: HealthChange[] = [
  { at: at(0), condition: 'starting' },
  { at: at(10), condition: 'healthy' },
  { at: at(90), condition: 'unhealthy' },
];

test('stretches share the time between the first change and now', () => {
  const stretches = stretchesOf(changes, 100_000);
  expect(stretches.map(({ from, to }) => [from, to])).toEqual([
    [0, 10_000],
    [10_000, 90_000],
    [90_000, 100_000],
  ]);
  expect(stretches.map(({ share }) => Number(share.toFixed(2)))).toEqual([0.1, 0.8, 0.1]);
});

test('a short one can still be seen, and all of them fill the line', () => {
  const stretches = stretchesOf([...changes, { at: at(90.001), condition: 'healthy' }], 10_000_000);
  expect(Math.min(...stretches.map(({ share }) => share))).toBeGreaterThan(0.009);
  expect(stretches.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test('how much of the time it was well is told once it was watched for a minute', () => {
  expect(wellShare(changes, 100_000)).toBeCloseTo(0.8);
  expect(wellShare(changes.slice(0, 2), 30_000)).toBeUndefined();
  expect(wellShare([], 100_000)).toBeUndefined();
});
