import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Container } from './container.ts';

const script = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  tell(process.uptime() / ((user + system) / 1e6));
});`;
/** Each sample takes processor time from what is observed. */
const pauseMs = 2000;

/** How many times longer than its own processor time a process takes in this container at the moment. */
const crowding = async (container: Container) => Math.max(1, await container.run(z.number(), script));

/**
 * Does some work in a container and says what part of a limit on its time is fair: `slower` is 1 where a process had a
 * processor to itself meanwhile, and n where it took n times as long as that. Limits on wall time are for a machine
 * without others.
 */
export async function observed<T>(container: Container, work: () => Promise<T>) {
  const samples = [await crowding(container)];
  const ended = new AbortController();
  const sampling = (async () => {
    while (!ended.signal.aborted) {
      // The work may be to stop it.
      const sample = await crowding(container).catch(() => undefined);
      if (sample !== undefined) samples.push(sample);
      await delay(pauseMs, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  try {
    const result = await work();
    return { result, slower: samples.reduce((sum, each) => sum + each, 0) / samples.length };
  } finally {
    ended.abort();
    await sampling;
  }
}
