import { expect, test } from 'vitest';
import { inOrder } from './build-order.ts';

const step = (name: string, stage?: string, second?: number) => ({
  name,
  stage,
  startedAt: second === undefined ? undefined : new Date(second * 1000).toISOString(),
});

test('steps are shown as they run, also those that are cached or have not begun', () => {
  const told = [
    step('load metadata', 'internal', 1),
    step('COPY src', '4/4'),
    step('RUN npm ci', '3/4', 3),
    step('WORKDIR', '2/4'),
    step('FROM', '1/4', 2),
    step('exporting'),
  ];
  expect(inOrder(told).map(({ name }) => name)).toEqual([
    'load metadata',
    'FROM',
    'WORKDIR',
    'RUN npm ci',
    'COPY src',
    'exporting',
  ]);
});

test('stages that run side by side keep their own order', () => {
  const told = [
    step('b2', '[base 2/2]', 4),
    step('b1', '[base 1/2]', 1),
    step('p2', '[prod 2/2]', 3),
    step('p1', '[prod 1/2]', 2),
  ];
  expect(inOrder(told).map(({ name }) => name)).toEqual(['b1', 'p1', 'p2', 'b2']);
});

test('cached steps stand before the first of their stage that began', () => {
  const told = [
    step('b4', '4/4', 9),
    step('b3', '3/4', 5),
    step('b2', '2/4'),
    step('b1', '1/4'),
    step('other', '[x 1/1]', 7),
  ];
  expect(inOrder(told).map(({ name }) => name)).toEqual(['b1', 'b2', 'b3', 'other', 'b4']);
});
