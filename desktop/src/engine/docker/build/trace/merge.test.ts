import { expect, test } from 'vitest';
import { TraceMerger } from './merge.ts';
import type { Trace } from './status.ts';

const none: Trace = { vertexes: [], statuses: [], logs: [], warnings: [] };
const at = (second: number, milli = 0): string => new Date(Date.UTC(2030, 0, 1, 0, 0, second, milli)).toISOString();
const vertex = { digest: 'v', name: 'RUN x', cached: false, error: '' };
const bytes = (text: string): Uint8Array => Buffer.from(text);

test('a step is told before its lines and ends after them, and repetitions are left out', () => {
  const merger = new TraceMerger();
  const started = { ...vertex, started: at(1) };
  const first = [
    ...merger.push({ ...none, vertexes: [started], logs: [{ vertex: 'v', stream: 1, bytes: bytes('one\ntw') }] }),
  ];
  expect(first.map(({ type }) => type)).toEqual(['vertex', 'log']);
  expect([...merger.push({ ...none, vertexes: [started] })]).toEqual([]);
  const last = [...merger.push({ ...none, vertexes: [{ ...started, completed: at(2) }] })];
  expect(last).toMatchObject([
    { type: 'log', text: 'tw' },
    { type: 'vertex', vertex: { completedAt: at(2) } },
  ]);
});

test('of several spans of a vertex the longest is its time', () => {
  const merger = new TraceMerger();
  const spans = [
    { started: at(1), completed: at(1, 3) },
    { started: at(5) },
    { started: at(5), completed: at(9) },
    { started: at(9), completed: at(9, 1) },
  ];
  const events = spans.flatMap((span) => [...merger.push({ ...none, vertexes: [{ ...vertex, ...span }] })]);
  expect(events.at(1)).toMatchObject({ vertex: { startedAt: at(5) } });
  expect(events.at(1)).not.toHaveProperty('vertex.completedAt');
  expect(events.at(-1)).toMatchObject({ vertex: { startedAt: at(5), completedAt: at(9) } });
});

test('bytes of the parts of a vertex are added up', () => {
  const merger = new TraceMerger();
  const part = (id: string, current: number, total: number) => ({ id, vertex: 'v', current, total });
  const events = [
    ...merger.push({ ...none, vertexes: [vertex], statuses: [part('a', 5, 10), part('b', 3, 0), part('c', 0, 0)] }),
    ...merger.push({ ...none, statuses: [part('a', 10, 10)] }),
  ];
  expect(events).toMatchObject([
    { vertex: { bytes: { current: 8, total: 13 } } },
    { vertex: { bytes: { current: 13, total: 13 }, name: 'RUN x' } },
  ]);
});

test('the vertex that failed is not one that was cancelled with it, and its last 30 lines are kept', () => {
  const merger = new TraceMerger();
  const output = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('');
  const events = merger.push({
    ...none,
    vertexes: [
      { ...vertex, digest: 'other', error: 'process "x" did not complete successfully: context canceled' },
      { ...vertex, error: 'exit code: 7' },
    ],
    logs: [{ vertex: 'v', stream: 2, bytes: bytes(output) }],
  });
  expect(Array.from(events)).toHaveLength(42);
  expect(merger.failed('words that no step said')?.vertex.id).toBe('v');
  const failed = merger.failed('exit code: 7');
  expect(failed?.vertex.id).toBe('v');
  expect(failed?.output).toEqual(output.trimEnd().split('\n').slice(-30));
});
