import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PullMeter } from './pull-progress.ts';

const statuses = [
  'Pulling fs layer',
  'Waiting',
  'Downloading',
  'Retrying in 5 seconds',
  'Verifying Checksum',
  'Download complete',
  'Extracting',
  'Pull complete',
  'Already exists',
  'Pulling from a/b',
  'Digest: sha256:x',
];
const line = fc.record({
  id: fc.option(fc.constantFrom('l1', 'l2', 'l3'), { nil: undefined }),
  status: fc.constantFrom(...statuses),
  progressDetail: fc.option(fc.record({ current: fc.nat(1000), total: fc.nat(1000) }), { nil: undefined }),
});

test('bytes, totals and layers never go down and never exceed their total', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const meter = new PullMeter();
      let before = meter.progress();
      for (const one of lines) {
        const after = meter.push(one) ?? before;
        expect(after.current).toBeGreaterThanOrEqual(before.current);
        expect(after.total).toBeGreaterThanOrEqual(before.total);
        expect(after.layers).toBeGreaterThanOrEqual(before.layers);
        expect(after.layersDone).toBeGreaterThanOrEqual(before.layersDone);
        expect(after.current).toBeLessThanOrEqual(after.total);
        expect(after.layersDone).toBeLessThanOrEqual(after.layers);
        before = after;
      }
    }),
  );
});

test('a download that is begun again does not go back, and a layer that is here counts as done', () => {
  const meter = new PullMeter();
  const down = (id: string, current: number, total: number) =>
    meter.push({ id, status: 'Downloading', progressDetail: { current, total } });
  meter.push({ id: 'latest', status: 'Pulling from a/b' });
  meter.push({ id: 'l0', status: 'Already exists' });
  down('l1', 80, 100);
  expect(down('l1', 5, 100)).toEqual({ current: 80, total: 100, layersDone: 1, layers: 2, status: 'Downloading' });
  meter.push({ id: 'l1', status: 'Download complete' });
  expect(meter.unpacking).toBe(true);
  expect(meter.push({ id: 'l1', status: 'Pull complete' })).toMatchObject({ current: 100, layersDone: 2 });
  expect(meter.unpacking).toBe(false);
});
