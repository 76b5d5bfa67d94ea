import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LogCounts } from '#contract/index.ts';
import { Counting } from './counting.ts';

const pauseMs = 2000;
const found: LogCounts = { start: 0, step: 60, steps: 0, filled: [], total: 0 };

function counted() {
  const asked: { view: string; answer: (counts: LogCounts | undefined) => void }[] = [];
  const told: string[] = [];
  const counting = new Counting({
    count: (view) =>
      new Promise((answer) => {
        asked.push({ view, answer });
      }),
    tell: (view) => told.push(view),
  });
  return { counting, asked, told, views: () => asked.map(({ view }) => view) };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 100_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('lines that come while it is counted do not keep back what is counted', async () => {
  const { counting, asked, told, views } = counted();
  counting.look('all', pauseMs);
  await vi.advanceTimersByTimeAsync(0);
  counting.look('all', pauseMs);
  asked[0]?.answer(found);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['all']);
  await vi.advanceTimersByTimeAsync(pauseMs - 1);
  expect(views()).toEqual(['all']);
  await vi.advanceTimersByTimeAsync(1);
  expect(views()).toEqual(['all', 'all']);
});

test('another view is counted at once, and what is counted for the one before is told no more', async () => {
  const { counting, asked, told, views } = counted();
  counting.look('all', pauseMs);
  await vi.advanceTimersByTimeAsync(0);
  counting.look('errors', pauseMs);
  await vi.advanceTimersByTimeAsync(0);
  expect(views()).toEqual(['all', 'errors']);
  asked[1]?.answer(found);
  asked[0]?.answer(found);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['errors']);
});

test('a count that fails is told to nobody, and nothing is counted while it rests', async () => {
  const { counting, asked, told, views } = counted();
  counting.look('all', pauseMs);
  await vi.advanceTimersByTimeAsync(0);
  asked[0]?.answer(undefined);
  counting.look('all', pauseMs);
  counting.rest();
  await vi.advanceTimersByTimeAsync(pauseMs * 2);
  expect(told).toEqual([]);
  expect(views()).toEqual(['all']);
});
