import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StackUsage, UsagePace } from '#contract/index.ts';
import { UsageSampler } from './usage-sampler.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A sampler over so many containers, which are a second busy in each second. */
function sampled(containers = 1) {
  const reads: number[] = [];
  const begin = Date.now();
  const sampler = new UsageSampler('development', () => {
    const second = (Date.now() - begin) / 1000;
    reads.push(second);
    const usage = {
      at: new Date().toISOString(),
      cpuNanoseconds: second * 1e9,
      systemNanoseconds: second * 2e9,
      processors: 2,
      memory: 7,
    };
    return Promise.resolve(
      Array.from({ length: containers }, (_, index) => ({
        id: `${index}`,
        name: `web-${index}`,
        service: 'web',
        usage,
      })),
    );
  });
  return {
    reads,
    listen: (pace: UsagePace) => {
      const life = new AbortController();
      const got: StackUsage[] = [];
      const done = (async () => {
        for await (const usage of sampler.watch(pace, life.signal)) got.push(usage);
      })();
      return {
        got,
        async leave() {
          life.abort();
          await done;
        },
      };
    },
  };
}

test('two readings soon, then one every five seconds, once for all that listen, and none for nobody', async () => {
  const { reads, listen } = sampled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toEqual([]);
  const [first, second] = [listen('live'), listen('live')];
  await vi.advanceTimersByTimeAsync(11_000);
  expect(reads).toEqual([60, 61, 66, 71]);
  expect(first.got.map(({ services }) => services[0]?.cores)).toEqual([1, 1, 1]);
  expect(second.got).toEqual(first.got);
  await first.leave();
  await vi.advanceTimersByTimeAsync(5000);
  expect(reads).toHaveLength(5);
  await second.leave();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(reads).toHaveLength(5);
});

test('where nobody is in a hurry it is every thirty seconds; whoever comes gets the last at once, and its pace', async () => {
  const { reads, listen } = sampled();
  const slow = listen('slow');
  await vi.advanceTimersByTimeAsync(62_000);
  expect(reads).toEqual([0, 1, 31, 61]);
  expect(slow.got.at(-1)?.everySeconds).toBe(30);
  const live = listen('live');
  await vi.advanceTimersByTimeAsync(0);
  expect(live.got).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reads).toEqual([0, 1, 31, 61, 66, 71]);
  await live.leave();
  await vi.advanceTimersByTimeAsync(35_000);
  expect(reads).toEqual([0, 1, 31, 61, 66, 71, 101]);
  await slow.leave();
});

test('coming and going reads no more often', async () => {
  const { reads, listen } = sampled();
  for (let round = 0; round < 20; round += 1) {
    const one = listen('live');
    await vi.advanceTimersByTimeAsync(500);
    await one.leave();
  }
  expect(reads).toEqual([0, 1, 6]);
});

test('many containers are read more seldom, and that is told', async () => {
  const { reads, listen } = sampled(200);
  const one = listen('live');
  await vi.advanceTimersByTimeAsync(45_000);
  expect(reads).toEqual([0, 1, 21, 41]);
  expect(one.got.at(-1)?.everySeconds).toBe(20);
  await one.leave();
});
