import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { Slab, slabMemory } from '../store/slab.ts';
import { createLogWorkers } from './log-workers.ts';

test('a slab that is on its way to be sealed when the logs are closed starts no thread anew', async () => {
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;
  const workers = createLogWorkers();
  const slab = new Slab(1, slabMemory(10));
  const line = shown({ stream: 1, sec: 1000, nanos: 0, text: Buffer.from('a line'), cut: false });
  slab.append(line, factsOf(0, line));
  const indexed = workers.index(slab.shared()).catch((error: unknown) => error);
  workers.dispose();
  expect(await indexed).toBeInstanceOf(Error);
  await expect(workers.seal(slab.shared())).rejects.toThrow('closed');
  await sleep(100);
  expect(process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort')).toHaveLength(before);
});
