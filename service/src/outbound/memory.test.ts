import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { hang, startFaultyServer } from '../testing/faulty-server.ts';
import { outboundFetch } from './fetch.ts';
import { Outbound } from './outbound.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of the heap that are in use after everything that can be freed was freed. */
async function heapInUse(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

test('memory stays flat while the other system hangs and callers keep coming', async () => {
  const server = await startFaultyServer(hang);
  const limits = { silenceMs: 10_000, maxConcurrent: 20, maxQueued: 20, openMs: 1, retryDelayMs: 1 };
  const other = new Outbound({ ...limits, name: 'the other', deadlineMs: 20, failuresToOpen: 1_000_000 });
  const request = async () => {
    const passage = 'x'.repeat(10_000) + String(Math.random());
    const body = (signal: AbortSignal) => outboundFetch(server.url, { method: 'POST', body: passage, signal });
    await other.call(body, { idempotent: true }).catch(() => undefined);
  };
  const storm = async () => {
    for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 100 }, request));
    server.seen.length = 0;
    await expect.poll(() => server.running().open).toBe(0);
  };
  await storm();
  const before = await heapInUse();
  await storm();
  await storm();
  // fetch itself lets go of a request that was aborted only after some seconds.
  await expect
    .poll(async () => (await heapInUse()) - before, { timeout: 30_000, interval: 500 })
    .toBeLessThan(4_000_000);
  await server.stop();
}, 60_000);
