import { expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { runBounded } from './bounded.ts';

/** Takes time without using the processor, as a thread does that the machine has no time for. */
function starve(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

test('work is broken off for the time that it used, not for what the machine did meanwhile', () => {
  let runs = 0;
  const work = (): number => {
    runs += 1;
    if (runs < 3) starve(10_000);
    return runs;
  };
  expect(runBounded(work, 50)).toBe(3);
});

test('what backtracks for ever is broken off, and what is never given any time in the end', () => {
  const thrown = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };
  const refused = thrown(() => runBounded(() => /(a+)+b/i.test('a'.repeat(60)), 100));
  expect(refused).toBeInstanceOf(QuaysideError);
  expect(refused).toMatchObject({ code: 'USAGE', remedy: expect.stringContaining('(a+)+') as string });
  let runs = 0;
  const starved = thrown(() => {
    runBounded(() => {
      runs += 1;
      starve(10_000);
    }, 20);
  });
  expect(starved).toMatchObject({ code: 'USAGE' });
  expect(runs).toBe(4);
});
