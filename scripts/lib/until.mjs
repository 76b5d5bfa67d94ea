import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from './trouble.mjs';

/**
 * Asks `probe` every `every` ms until it returns something truthy, and returns that. After `deadline` ms it throws what
 * `failure()` makes of it.
 */
export async function until(probe, { deadline, every = 100, failure }) {
  const end = Date.now() + deadline;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (Date.now() >= end) throw failure?.() ?? new Trouble(`No answer within ${deadline / 1000} s.`);
    await sleep(every);
  }
}
