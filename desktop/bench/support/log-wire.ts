import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os, type RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { z } from 'zod';
import { type LogLine, type LogPage, logPage } from '#contract/index.ts';
import { readPage } from '#engine/logs/search/read.ts';
import { framesOf } from './log-frames.ts';
import { packed, unpacked } from './log-packed.ts';
import { createCore } from './log-store.ts';
import { report, told } from './measure.ts';

const held = 10_000;
const filter = { services: [], levels: [], search: '' };
const never = new AbortController().signal;

/** Of one answer, both ends together. */
interface Cost {
  readonly ms: number;
  readonly cpuMicros: number;
}

/**
 * What ADR 14 rests on: rows that are sent as JSON, as `logs.read` does, and the same rows packed into one binary body, over a
 * message port of this process.
 */
export async function benchWire(): Promise<void> {
  const core = createCore(64 * 1024 * 1024);
  const { port1, port2 } = new MessageChannel();
  try {
    for (const chunk of framesOf(0, held)) core.take(chunk);
    await core.workers.settled();
    const source = { store: core.store, show: (text: string): string => text };
    const page = (limit: number): Promise<LogPage> => readPage(source, { filter, limit, waitMs: 0 }, never);
    const router = routerOf(page);
    new RPCHandler(router).upgrade(port1);
    const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: port2 }));
    port1.start();
    port2.start();
    const json = async (limit: number): Promise<LogLine[]> => (await client.json({ limit })).lines;
    const binary = async (limit: number): Promise<LogLine[]> =>
      unpacked(await (await client.binary({ limit })).arrayBuffer());
    if (JSON.stringify(await json(45)) !== JSON.stringify(await binary(45))) throw new Error('The two wires differ.');
    const screen = [await cost(() => json(45), 300), await cost(() => binary(45), 300)] as const;
    const whole = [await cost(() => json(2000), 20), await cost(() => binary(2000), 20)] as const;
    report('a screen of 45 rows, JSON / packed, time', screen[0].ms / screen[1].ms, 1, 'x', words(...screen));
    report('the same, processor time', screen[0].cpuMicros / screen[1].cpuMicros, 1, 'x');
    told('a page of 2,000 lines, JSON / packed, time', whole[0].ms / whole[1].ms, 'x', words(...whole));
  } finally {
    port2.close();
    core.dispose();
  }
}

function routerOf(page: (limit: number) => Promise<LogPage>) {
  const asked = os.input(z.object({ limit: z.number() }));
  return {
    json: asked.output(logPage).handler(({ input }) => page(input.limit)),
    binary: asked.output(z.instanceof(Blob)).handler(async ({ input }) => {
      const { lines } = await page(input.limit);
      return new Blob([packed(lines)]);
    }),
  };
}

async function cost(ask: () => Promise<unknown>, times: number): Promise<Cost> {
  // Until the code is compiled.
  for (let turn = 0; turn < times / 2; turn += 1) await ask();
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  for (let turn = 0; turn < times; turn += 1) await ask();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: (performance.now() - begun) / times, cpuMicros: (user + system) / times };
}

function words(json: Cost, binary: Cost): string {
  const of = ({ ms, cpuMicros }: Cost): string => `${ms.toFixed(2)} ms (${cpuMicros.toFixed(0)} µs of processor time)`;
  return `JSON ${of(json)}, packed ${of(binary)}`;
}
