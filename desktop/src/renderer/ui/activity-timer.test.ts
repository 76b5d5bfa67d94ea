import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createActivityTimer } from './activity-timer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('it is active until nothing was done for the whole while, and again from the next touch', () => {
  const told: boolean[] = [];
  const timer = createActivityTimer(1000, () => told.push(timer.active));
  vi.advanceTimersByTime(900);
  timer.touch();
  vi.advanceTimersByTime(900);
  expect([timer.active, told]).toEqual([true, []]);
  vi.advanceTimersByTime(100);
  expect([timer.active, told]).toEqual([false, [false]]);
  timer.touch();
  timer.touch();
  expect([timer.active, told]).toEqual([true, [false, true]]);
  timer.end();
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([false, true]);
});
