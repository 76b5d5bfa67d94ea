import { expect, test } from 'vitest';
import type { LogFilter } from '#contract/index.ts';
import { shown } from '../fixtures/lines.ts';
import { createMerger } from '../follow/merger.ts';
import { createLogStore } from '../store/store.ts';
import { readPage } from './read.ts';

const never = new AbortController().signal;
const whole: LogFilter = { services: [], levels: [], search: '' };
const query = { filter: whole, after: 0, newest: true, ahead: 0, limit: 10, waitMs: 0 };

/** Two containers that write in turns, so that lines of one wait for the other. */
function setUp() {
  const store = createLogStore();
  for (const name of ['a', 'b']) store.addSource({ service: name, name: `${name}-1` });
  const merger = createMerger(store);
  merger.setActive([0, 1]);
  const write = (source: number, nanos: number): void => {
    const text = Buffer.from(`token=${source}-${nanos}`);
    merger.line(source, shown({ stream: 1, sec: 1000, nanos, text, cut: false }));
    merger.batch();
  };
  const source = { store, ahead: merger, show: (text: string) => text.replace('token', 'hidden') };
  return { store, merger, write, source };
}

test('lines that wait are told with the seq that they will have, masked as all others', async () => {
  const { merger, write, source } = setUp();
  for (const [from, at] of [
    [0, 10],
    [0, 30],
    [1, 20],
  ] as const)
    write(from, at);
  const page = await readPage(source, query, never);
  expect([page.lines, page.cursor]).toEqual([[], 0]);
  expect(page.ahead?.lines.map(({ seq, text, service }) => [seq, text, service])).toEqual([
    [1, 'hidden=0-10', 'a'],
    [2, 'hidden=1-20', 'b'],
    [3, 'hidden=0-30', 'a'],
  ]);
  merger.dispose();
  const stored = await readPage(source, query, never);
  expect(stored.lines).toEqual(page.ahead?.lines);
  expect(stored.ahead).toMatchObject({ skipped: 0, lines: [] });
});

test('where more wait than fit, the newest are told, and how many lie between', async () => {
  const { store, merger, write, source } = setUp();
  write(0, 1);
  merger.dispose();
  merger.setActive([0, 1]);
  for (let at = 10; at < 30; at += 1) write(at % 2, at);
  const page = await readPage(source, { ...query, limit: 5 }, never);
  expect(page.lines.map(({ seq }) => seq)).toEqual([1]);
  expect(page.ahead?.skipped).toBe(16);
  expect(page.ahead?.lines.map(({ seq }) => seq)).toEqual([18, 19, 20, 21]);
  merger.dispose();
  expect(store.lastSeq).toBe(21);
  const all = await readPage(source, { ...query, after: 1, limit: 20 }, never);
  expect(all.lines.slice(-4)).toEqual(page.ahead?.lines);
});

test('a read is held open until another line waits', async () => {
  const { write, source } = setUp();
  write(0, 10);
  const first = await readPage(source, query, never);
  const next = readPage(source, { ...query, ahead: first.ahead?.mark ?? 0, waitMs: 20_000 }, never);
  let answered = false;
  void next.then(() => {
    answered = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toBe(false);
  write(0, 20);
  const { ahead } = await next;
  expect(ahead?.lines.map(({ text }) => text)).toEqual(['hidden=0-10', 'hidden=0-20']);
});

test('who follows the end is told what the engine has sent until now; nobody else hastens its reading', async () => {
  const { write, source } = setUp();
  let at = 10;
  const catchUp = () => {
    write(0, at);
    at += 10;
    return Promise.resolve();
  };
  const page = await readPage({ ...source, catchUp }, query, never);
  expect(page.ahead?.lines.map(({ text }) => text)).toEqual(['hidden=0-10']);
  await readPage({ ...source, catchUp }, { ...query, newest: false }, never);
  expect(at).toBe(20);
});

test('who filters, or does not ask for them, is told of no line that waits', async () => {
  const { write, source } = setUp();
  write(0, 10);
  const { ahead: _, ...unasked } = query;
  for (const asked of [unasked, { ...query, filter: { ...whole, services: ['a'] } }, { ...query, newest: false }])
    expect((await readPage(source, asked, never)).ahead).toBeUndefined();
});

test('where lines are put in order while the page is read, it is as full as it would be without those that wait', async () => {
  const { store, merger, write, source } = setUp();
  for (let at = 10; at < 30; at += 1) write(at % 2, at);
  const reading = readPage(source, { ...query, limit: 5 }, never);
  merger.dispose();
  const page = await reading;
  expect(page.lines.map(({ seq }) => seq)).toEqual([16, 17, 18, 19, 20]);
  expect([page.ahead, page.cursor, store.lastSeq]).toEqual([undefined, 20, 20]);
});
