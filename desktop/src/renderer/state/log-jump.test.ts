import { expect, onTestFinished, test, vi } from 'vitest';
import type { CoreClient, LogLine, LogPage } from '#contract/index.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { StepFrom } from './log-history.ts';
import { createLogsStore, type LogsStore } from './logs.ts';

const never = new AbortController().signal;
const filter = { services: [], levels: [], search: '' };
const count = 6000;
const heldByCore = 100;
const counts = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };
const begun = Date.parse('2026-11-26T00:00:00Z');

/** One line each ten milliseconds, an hour of silence, and a thousand lines in one moment. */
const lines = Array.from({ length: count }, (_, n): LogLine => {
  const ms = begun + (n < 3000 ? n * 10 : 3_600_000 + Math.max(0, n - 4000) * 10);
  const time = new Date(ms).toISOString().replace('Z', `${String(n).padStart(6, '0')}Z`);
  return { seq: n + 1, time, service: 'a', container: 'a', stream: 'stdout', level: 'info', text: String(n) };
});

/** A core that has the last lines of an engine that has all, of which `looksAt` are looked at for a page of the past. */
function coreWithPast(
  looksAt = Number.POSITIVE_INFINITY,
  onPast: (signal: AbortSignal | undefined) => void = () => undefined,
) {
  let reads = 0;
  const held = lines.slice(-heldByCore);
  const page = (of: LogLine[], more: Partial<LogPage>): LogPage => ({
    ...{ lines: of, cursor: count, dropped: 0, held: heldByCore, counts, more: false },
    since: held[0]?.time,
    earlier: held[0]?.time,
    ...more,
  });
  const read: CoreClient['logs']['read'] = ({ backFrom, filter: asked, before, after = 0, limit = 500 }, options) => {
    const passes = ({ text }: LogLine): boolean => text.endsWith(asked?.search ?? '');
    if (backFrom !== undefined) {
      reads += 1;
      onPast(options?.signal);
      const older = lines.filter((line) => line.time <= backFrom && (looksAt < count || passes(line)));
      const most = Math.min(limit, looksAt);
      const earlier = older.length > most ? older.at(-most)?.time : undefined;
      return Promise.resolve(page(older.slice(-most + 1).filter(passes), { earlier }));
    }
    const { behind = '', upTo = '3', to = '3' } = asked ?? {};
    const found = held
      .filter((line) => line.time > behind && line.time <= upTo && line.time < to && passes(line))
      .filter(({ seq }) => seq > after && seq < (before ?? count + 1));
    return Promise.resolve(page(found.slice(0, limit), { more: found.length > limit }));
  };
  const client = fakeClient('empty');
  const store = createLogsStore(
    {
      client: { ...client, logs: { ...client.logs, read } },
      connected: () => Promise.resolve(),
      refusal: () => undefined,
      state: () => ({ status: 'connected', since: 0 }),
    },
    () => new Promise((resolve) => setTimeout(resolve, 1)),
  );
  return { store, takeReads: () => [reads, (reads = 0)][0] };
}

const textsOf = (of: Iterable<LogLine>): number[] => [...of].map(({ text }) => Number(text));

test.each([
  ['amid lines', 1000],
  ['before a silence', 2999],
  ['amid a thousand lines of one moment', 3700],
  ['near what the core holds', 5890],
])('a jump to a time that only the engine reaches opens there: %s', async (_, n) => {
  const { store, takeReads } = coreWithPast();
  const state = () => store.getState();
  onTestFinished(store.getState().open('development', filter, lines[n]?.time ?? ''));
  await expect.poll(() => state().loading).toBe(false);
  const opened = textsOf(store.lines);
  expect(opened).toContain(n + 1);
  expect(opened).toEqual(opened.map((_text, index) => (opened[0] ?? 0) + index));
  expect(opened.length).toBeLessThan(2100);
  expect(state()).toMatchObject({ paused: true, following: false, anchored: true, atStart: false });
  expect(takeReads()).toBeLessThan(13);

  for (let steps = 0; state().paused; steps += 1) {
    expect(steps).toBeLessThan(30);
    await state().loadLater();
  }
  for (let steps = 0; !state().atStart; steps += 1) {
    expect(steps).toBeLessThan(30);
    await state().loadEarlier();
  }
  expect(textsOf(store.lines)).toEqual(lines.map(({ text }) => Number(text)));
});

test.each<[at: number, step: 1 | -1, next: number | undefined, search?: string]>([
  [1000, 1, 1050],
  [2990, 1, 3050],
  [3050, 1, 3150],
  [3690, 1, 3750],
  [5850, 1, 5950],
  [5950, 1, undefined],
  [5950, -1, 5850],
  [4010, -1, 3950],
  [3050, -1, 2950],
  [50, -1, undefined],
  [3600, 1, 3601, ''],
  [3600, -1, 3599, ''],
])('from a line to the match next to it, of the past or not: %d, %d', async (at, step, next, search = '50') => {
  const { store } = coreWithPast();
  onTestFinished(store.getState().open('development', filter, lines[at]?.time ?? ''));
  const found = async (itself: boolean): Promise<number | undefined> => {
    const line = [...store.lines].find(({ text }) => text === String(at));
    if (line === undefined) return -1;
    const told = await store.getState().next('development', { ...filter, search }, { line, step, itself }, never);
    if ('problem' in told) throw new Error(told.problem.message);
    return told.found.line === undefined ? undefined : Number(told.found.line.text);
  };
  await expect.poll(() => found(false)).toBe(next);
  if (step < 0 && at % 100 === 50) expect(await found(true)).toBe(at);
});

test('matches that are so rare that pages of the past have none are met all the same, forward and by steps', async () => {
  const { store } = coreWithPast(100);
  const rare = { ...filter, search: '777' };
  const matches = [777, 1777, 2777, 3777, 4777, 5777];
  onTestFinished(store.getState().open('development', rare, lines[700]?.time ?? ''));
  await expect.poll(() => textsOf(store.lines)).toContain(777);
  const [line] = store.lines;
  if (line === undefined) throw new Error('There is no line.');
  const told = await store.getState().next('development', { ...filter, search: '4777' }, { line, step: 1 }, never);
  expect('found' in told ? told.found.line?.text : told).toBe('4777');
  for (let steps = 0; store.getState().paused; steps += 1) {
    expect(steps).toBeLessThan(30);
    await store.getState().loadLater();
  }
  expect(textsOf(store.lines)).toEqual(matches);
});

/** Steps on from where the last one ended, until there is an answer; tells up to when each has looked. */
async function stepOn(store: LogsStore, line: LogLine, step: 1 | -1, search: string) {
  const looked: string[] = [];
  for (let from: StepFrom = { line, step }; ; ) {
    const told = await store.getState().next('development', { ...filter, search }, from, never);
    if ('problem' in told) throw new Error(told.problem.message);
    const { lookedUntil } = told.found;
    if (lookedUntil === undefined) return { looked, found: told.found.line?.text };
    looked.push(lookedUntil);
    from = { line, step, lookedUntil };
  }
}

test.each<[step: 1 | -1, at: number, search: string, found: string | undefined]>([
  [-1, 5990, '1010', '1010'],
  [-1, 5990, 'none', undefined],
  [1, 20, '5890', '5890'],
  [1, 20, '5999', '5999'],
  [1, 20, 'none', undefined],
])(
  'a step that takes long ends, and the next one goes on from there: %d from %d to %s',
  async (step, at, search, found) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { store } = coreWithPast(100, () => vi.advanceTimersByTime(1000));
    onTestFinished(store.getState().open('development', filter, lines[at]?.time ?? ''));
    await expect.poll(() => textsOf(store.lines)).toContain(at);
    const line = [...store.lines].find(({ text }) => text === String(at));
    if (line === undefined) throw new Error('There is no line.');
    const { looked, found: text } = await stepOn(store, line, step, search);
    expect(text).toBe(found);
    expect(looked.length).toBeGreaterThan(5);
    // Each has come further than the one before.
    expect(looked.toSorted((a, b) => (a < b ? -step : step))).toEqual(looked);
    expect(new Set(looked).size).toBe(looked.length);
  },
);

test('where none of the lines held passes, a match is looked for in the older ones', async () => {
  const { store } = coreWithPast();
  const search = '1010';
  onTestFinished(store.getState().open('development', { ...filter, search }));
  await expect.poll(() => store.getState().loading).toBe(false);
  expect([store.lines.length, store.getState().atStart]).toEqual([0, false]);
  const told = await store.getState().next('development', { ...filter, search }, { step: -1, itself: true }, never);
  expect('found' in told ? told.found.line?.text : told).toBe(search);
});

test('a jump to the only line that passes shows it, however many lines lie around it', async () => {
  const { store } = coreWithPast(100);
  onTestFinished(store.getState().open('development', { ...filter, search: '1010' }, lines[1010]?.time ?? ''));
  await expect.poll(() => store.getState().loading).toBe(false);
  expect(textsOf(store.lines)).toEqual([1010]);
});

test('a step that nobody waits for any more reads no further', async () => {
  const life = new AbortController();
  let reads = 0;
  const { store } = coreWithPast(100, (signal) => {
    reads += 1;
    if (reads === 5) life.abort();
    signal?.throwIfAborted();
  });
  onTestFinished(store.getState().open('development', filter));
  await expect.poll(() => store.lines.length).toBeGreaterThan(0);
  const line = store.lines.at(store.lines.first);
  if (line === undefined) throw new Error('There is no line.');
  const told = await store
    .getState()
    .next('development', { ...filter, search: 'none' }, { line, step: -1 }, life.signal);
  expect([reads, 'problem' in told]).toEqual([5, true]);
});

test('a time within what the core holds is read from the core alone', async () => {
  const { store, takeReads } = coreWithPast();
  onTestFinished(store.getState().open('development', filter, lines[5950]?.time ?? ''));
  await expect.poll(() => textsOf(store.lines)).toContain(5999);
  expect(takeReads()).toBe(0);
});
