import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ServiceUsage, StackUsage } from '#contract/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { clientStats } from '#testing/docker-stats.ts';
import { createEngine } from './engine.ts';

const image = 'node:24-bookworm-slim';
/** Holds 60 MB, and leaves a file in the cache of which a part counts as not in use. */
const hold = 'const held=Buffer.alloc(60e6,1);console.log("held");setInterval(()=>held[0]++,1000)';
const cacheAndHold = `head -c 50000000 /dev/zero > /tmp/file; exec node -e '${hold}'`;

let project: ComposeProject;
let engine: ReturnType<typeof createEngine>;
let stop: AbortController;
let last: StackUsage | undefined;
let watching: Promise<void>;

beforeAll(async () => {
  project = await createComposeProject({
    services: {
      busy: { image, command: ['node', '-e', 'for(;;);'], cpus: 0.5, stop_grace_period: '0s' },
      held: { image, command: ['sh', '-c', cacheAndHold], mem_limit: '192m', init: true },
      idle: { image, command: ['sleep', '10000'], init: true, scale: 2 },
    },
  });
  await project.compose('up', '-d');
  engine = createEngine({
    directory: project.directory,
    selection: { files: [], envFiles: [], profiles: [], projectName: project.name },
    endpoint: {},
    hostKind: 'cli',
    version: 'test',
    env: process.env,
  });
  const { defaultEnvironment = '' } = await engine.project();
  stop = new AbortController();
  watching = (async () => {
    for await (const usage of engine.stack.usage(defaultEnvironment, 'live', stop.signal)) last = usage;
  })();
});

afterAll(async () => {
  stop.abort();
  await watching;
  await engine.dispose();
  await project.remove();
});

const usageOf = (name: string): ServiceUsage | undefined => last?.services.find((service) => service.name === name);
/** The machine may be busy: both are looked at until they agree. */
const patience = { timeout: 90_000, interval: 1000 };

test('what a busy service uses is what the client of the engine says', async () => {
  await vi.waitFor(async () => {
    const { cpuPercent } = await clientStats(`${project.name}-busy-1`);
    const own = (usageOf('busy')?.cores ?? 0) * 100;
    expect(cpuPercent).toBeGreaterThan(5);
    // Both tell of a second or more, but not of the same one.
    expect(Math.abs(own - cpuPercent) / cpuPercent).toBeLessThan(0.15);
  }, patience);
  expect(usageOf('idle')).toMatchObject({ containers: [{}, {}] });
  expect(usageOf('idle')?.cores).toBeLessThan(0.05);
});

test('memory is told without what is only cached, with the limit where there is one', async () => {
  await vi.waitFor(async () => {
    expect(await project.compose('logs', 'held')).toContain('held');
  }, patience);
  await vi.waitFor(async () => {
    const { memory, limit } = await clientStats(`${project.name}-held-1`);
    const own = usageOf('held');
    expect(memory).toBeGreaterThan(60e6);
    expect(Math.abs((own?.memory ?? 0) - memory) / memory).toBeLessThan(0.03);
    expect(own?.memoryLimit).toBe(limit);
    expect(own?.fullest).toBeCloseTo((own?.memory ?? 0) / limit);
  }, patience);
  expect(usageOf('idle')).not.toHaveProperty('memoryLimit');
  expect(usageOf('idle')).not.toHaveProperty('fullest');
});

test('a service that is stopped is not there any more, and there again once it runs', async () => {
  await project.compose('stop', '-t', '0', 'busy');
  await vi.waitFor(() => {
    expect(last?.services.map(({ name }) => name)).toEqual(['held', 'idle']);
  }, patience);
  await project.compose('start', 'busy');
  await vi.waitFor(() => {
    expect(usageOf('busy')?.cores).toBeGreaterThan(0.05);
  }, patience);
});
