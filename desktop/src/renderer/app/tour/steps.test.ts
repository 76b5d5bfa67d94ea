import { expect, test } from 'vitest';
import { stepFrom, tourSteps } from './steps.ts';

test('the tour goes forth and back, and ends behind its last step', () => {
  expect([stepFrom(0, 1), stepFrom(1, -1), stepFrom(0, -1)]).toEqual([1, 0, 0]);
  expect(stepFrom(tourSteps.length - 1, 1)).toBeUndefined();
});
