import { expect, test } from 'vitest';
import type { ContainerReading } from '#engine/docker/index.ts';
import { describeUsage, type UsageReading } from './usage.ts';

const reading = (
  id: string,
  service: string,
  second: number,
  cpu: number,
  memory: number,
  more: Partial<ContainerReading> = {},
  memoryLimit?: number,
): UsageReading => ({
  id,
  name: `shop-${service}-${id}`,
  service,
  memoryLimit,
  usage: {
    at: new Date(second * 1000).toISOString(),
    cpuNanoseconds: cpu * 1e9,
    systemNanoseconds: second * 4e9,
    processors: 4,
    memory,
    ...more,
  },
});

test('containers of a service count together, between the two readings', () => {
  const before = [reading('a', 'web', 0, 10, 50), reading('b', 'web', 0, 3, 60), reading('c', 'db', 0, 7, 70)];
  const after = [reading('a', 'web', 5, 11, 100), reading('b', 'web', 5, 5, 200), reading('c', 'db', 5, 7, 300)];
  expect(describeUsage(before, after)).toEqual([
    { name: 'db', cores: 0, memory: 300, containers: [{ name: 'shop-db-c', cores: 0, memory: 300 }] },
    {
      name: 'web',
      cores: expect.closeTo(0.6) as number,
      memory: 300,
      containers: [
        { name: 'shop-web-a', cores: expect.closeTo(0.2) as number, memory: 100 },
        { name: 'shop-web-b', cores: expect.closeTo(0.4) as number, memory: 200 },
      ],
    },
  ]);
});

test('of a container that is new, or was started anew, it is not known yet', () => {
  const before = [reading('a', 'web', 0, 10, 50), reading('gone', 'job', 0, 1, 1)];
  const usages = describeUsage(before, [reading('a', 'web', 5, 0.1, 50), reading('n', 'db', 5, 1, 20)]);
  expect(usages.map(({ name, cores, memory }) => [name, cores, memory])).toEqual([
    ['db', undefined, 20],
    ['web', undefined, 50],
  ]);
});

test('where the engine does not tell the time of the machine, that of the readings serves', () => {
  const silent = { systemNanoseconds: 0, processors: 0 };
  const [web] = describeUsage([reading('a', 'web', 0, 1, 0, silent)], [reading('a', 'web', 5, 3, 0, silent)]);
  expect(web?.cores).toBeCloseTo(0.4);
});

test('a service has a limit where all its containers have one, and the fullest of them tells how near it is', () => {
  const after = [
    reading('a', 'web', 5, 0, 50, {}, 100),
    reading('b', 'web', 5, 0, 95, {}, 100),
    reading('c', 'db', 5, 0, 30, {}, 60),
    reading('d', 'db', 5, 0, 30),
    reading('e', 'free', 5, 0, 30),
  ];
  expect(describeUsage([], after).map(({ name, memoryLimit, fullest }) => ({ name, memoryLimit, fullest }))).toEqual([
    { name: 'db', memoryLimit: undefined, fullest: 0.5 },
    { name: 'free', memoryLimit: undefined, fullest: undefined },
    { name: 'web', memoryLimit: 200, fullest: 0.95 },
  ]);
});
