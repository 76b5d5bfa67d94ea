import { expect, test } from 'vitest';
import { sparkLines } from './spark-lines.ts';

test('figures stand at their time and height', () => {
  const points = [
    { at: 100, value: 0 },
    { at: 150, value: 5 },
    { at: 200, value: 10 },
  ];
  expect(sparkLines(points, 100, 200, 10)).toEqual(['0.0,20.0 50.0,13.0 100.0,6.0']);
});

test('where figures are missing the line is broken; one alone is a dot; what is older is left out', () => {
  const points = [
    { at: 50, value: 3 },
    { at: 100, value: 0 },
    { at: 120, value: undefined },
    { at: 140, value: undefined },
    { at: 150, value: 0 },
    { at: 200, value: 0 },
  ];
  expect(sparkLines(points, 100, 200, 10)).toEqual(['0.0,20.0 0.0,20.0', '50.0,20.0 100.0,20.0']);
  expect(sparkLines([], 0, 0, 1)).toEqual([]);
  expect(sparkLines([{ at: 5, value: 1 }], 5, 5, 1)).toEqual(['0.0,6.0 0.0,6.0']);
});
