import { expect, test } from 'vitest';
import { Turnstile } from './turnstile.ts';

/** Counts the turns of the event loop, in each of which the process takes what came in from the network. */
function countTurns() {
  let turns = 0;
  let pending = setImmediate(function count() {
    turns += 1;
    pending = setImmediate(count);
  });
  return {
    now: () => turns,
    stop: () => {
      clearImmediate(pending);
    },
  };
}

/** In which turn each of so many was let through. */
async function pass(count: number): Promise<number[]> {
  const turnstile = new Turnstile();
  const loop = countTurns();
  const turns: number[] = [];
  const all = Array.from({ length: count }, async (_, place) => {
    await turnstile.pass();
    expect(turns).toHaveLength(place);
    turns.push(loop.now());
  });
  await Promise.all(all);
  loop.stop();
  return turns;
}

test('lets through one by one, in their order, each in a turn of its own', async () => {
  const turns = await pass(10);
  expect(new Set(turns).size).toBe(10);
});

test('lets a crowd through in several turns, but not in as many as they are', async () => {
  const turns = new Set(await pass(1000)).size;
  expect(turns).toBeGreaterThan(20);
  expect(turns).toBeLessThan(1000);
});
