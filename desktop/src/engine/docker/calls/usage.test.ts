import { expect, test } from 'vitest';
import { readingOf } from './usage.ts';

const answer = (memory_stats: object, cpu: object = {}) =>
  readingOf({
    read: '2026-11-26T13:26:49.045797219Z',
    cpu_stats: { cpu_usage: { total_usage: 5 }, system_cpu_usage: 80, online_cpus: 2, ...cpu },
    memory_stats: { usage: 0, ...memory_stats },
  });

test('what is only cached is not counted, with either version of cgroups', () => {
  expect(answer({ usage: 900, stats: { total_inactive_file: 300, inactive_file: 100 } })?.memory).toBe(600);
  expect(answer({ usage: 900, stats: { inactive_file: 250 } })?.memory).toBe(650);
  expect(answer({ usage: 900, stats: { inactive_file: 900 } })?.memory).toBe(900);
  expect(answer({ usage: 900 })?.memory).toBe(900);
});

test('an engine that does not count its processors has as many as it tells the time of', () => {
  expect(answer({}, { online_cpus: 0, cpu_usage: { total_usage: 5, percpu_usage: [2, 3, 0] } })?.processors).toBe(3);
  expect(answer({})).toMatchObject({ cpuNanoseconds: 5, systemNanoseconds: 80, processors: 2 });
});
