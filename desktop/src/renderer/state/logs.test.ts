import { describe, expect, test, vi } from 'vitest';
import type { CoreClient, LogFilter, LogLine, LogPage } from '#contract/index.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { Ring } from './line-ring.ts';
import { createLogsStore, heldHere } from './logs.ts';
import { takePage } from './logs-state.ts';

const all: LogFilter = { services: [], levels: [], search: '' };

function coreOf(client: CoreClient, startedAt = () => 'once'): Core {
  return {
    client,
    connected: () => Promise.resolve(),
    refusal: () => undefined,
    state: () => ({
      status: 'connected',
      since: 0,
      hello: { version: '0', host: 'test', user: { name: '', role: 'admin' }, startedAt: startedAt() },
    }),
  };
}

function opened(scene: string, filter: LogFilter = all) {
  const store = createLogsStore(coreOf(fakeClient(scene)), () => new Promise((resolve) => setTimeout(resolve, 5)));
  const close = store.getState().open('development', filter);
  return { store, close, state: () => store.getState() };
}

const seqs = (lines: Iterable<LogLine>) => [...lines].map(({ seq }) => seq);
const rising = (list: readonly number[]) => list.every((seq, index) => index === 0 || seq > (list[index - 1] ?? seq));

describe('the log store', () => {
  test('begins with the last lines and follows without a gap', async () => {
    const { store, close, state } = opened('busy');
    await vi.waitFor(() => {
      expect(store.lines.length).toBeGreaterThan(2_100);
    }, 5_000);
    close();
    const held = seqs(store.lines);
    expect(held).toEqual(Array.from({ length: held.length }, (_, index) => (held[0] ?? 0) + index));
    expect(state()).toMatchObject({ loading: false, dropped: 0, fresh: 0, atStart: false });
    expect(state().held).toBe(held.at(-1));
  });

  test('a frozen view counts what comes and keeps what is there', async () => {
    const { store, close, state } = opened('busy');
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    state().setFollowing(false);
    const { first } = store.lines;
    const oldest = store.lines.at(first);
    await vi.waitFor(() => {
      expect(state().fresh).toBeGreaterThan(20);
    }, 5_000);
    expect(store.lines.at(first)).toBe(oldest);
    state().setFollowing(true);
    expect(state().fresh).toBe(0);
    close();
  });

  test('a view that follows a flood is sent the rows it shows; what went by is there when it is scrolled back to', async () => {
    const { store, close, state } = opened('flood');
    state().setRows(60);
    let sent = 0;
    store.subscribe(({ version }, before) => {
      if (version !== before.version) sent = Math.max(sent, store.lines.length);
    });
    await vi.waitFor(() => {
      expect(state().held).toBeGreaterThan(20_000);
    }, 10_000);
    state().setFollowing(false);
    const newest = store.lines.at(store.lines.end - 1)?.seq ?? 0;
    expect(newest).toBeGreaterThan(20_000);
    // The first lines, and then at most as many at once as there are rows.
    expect(sent).toBeLessThanOrEqual(500 + 60);
    await state().loadEarlier();
    close();
    const held = seqs(store.lines);
    expect(held.indexOf(newest)).toBeGreaterThanOrEqual(500);
    expect(held).toEqual(Array.from({ length: held.length }, (_, index) => (held[0] ?? 0) + index));
  });

  test('earlier lines come before the others, up to the first, also where matches are rare', async () => {
    const { store, close, state } = opened('logs50k', { ...all, levels: ['warn'] });
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    while (!state().atStart) await state().loadEarlier();
    const held = seqs(store.lines);
    expect(rising(held)).toBe(true);
    // Markers pass every level.
    const lines = [...store.lines].filter(({ stream }) => stream !== 'marker');
    expect(lines).toHaveLength(state().counts.warn ?? 0);
    close();
  });

  test('a full panel takes no earlier lines and does not call its oldest the first', async () => {
    const { store, close, state } = opened('logs50k');
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    while (store.lines.length < heldHere) await state().loadEarlier();
    const oldest = store.lines.at(store.lines.first)?.seq;
    await state().loadEarlier();
    expect(state().atStart).toBe(false);
    expect([store.lines.at(store.lines.first)?.seq, oldest]).toEqual([30_001, 30_001]);
    close();
  });

  test('a frozen panel goes back beyond what it holds and forward to what comes, every line once', async () => {
    const client = fakeClient('logs50k');
    const read = vi.fn(client.logs.read);
    const store = createLogsStore(coreOf({ ...client, logs: { ...client.logs, read } }), () => Promise.resolve());
    const state = () => store.getState();
    const close = state().open('development', all);
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    state().setFollowing(false);
    const expectWhole = () => {
      const held = seqs(store.lines);
      expect(held).toEqual(held.map((_, index) => (held[0] ?? 0) + index));
      expect(held.length).toBeLessThanOrEqual(heldHere);
    };
    const places = () => [store.lines.first, store.lines.end];
    const [, end = 0] = places();
    while (!state().atStart) {
      await state().loadEarlier();
      expectWhole();
    }
    expect([store.lines.at(store.lines.first)?.seq, state().paused]).toEqual([1, true]);
    expect(places()).toEqual([end - 50_000, end - 50_000 + heldHere]);
    // Nothing comes by itself behind lines that are not there.
    const waits = read.mock.calls.filter(([{ waitMs }]) => waitMs !== undefined);
    expect(waits.map(([, options]) => options?.signal?.aborted)).toEqual([true]);
    while (state().paused) {
      await state().loadLater();
      expectWhole();
    }
    expect([store.lines.at(end - 1)?.seq, state().atStart]).toEqual([50_000, false]);
    expect(places()).toEqual([end - heldHere, end]);
    await vi.waitFor(() => {
      expect(read.mock.lastCall?.[0]).toMatchObject({ after: 50_000, waitMs: 20_000 });
    });
    close();
  });

  test('a panel that has left the end begins there again when the core was started anew', async () => {
    let startedAt = 'once';
    const core = coreOf(fakeClient('logs50k'), () => startedAt);
    const store = createLogsStore(core, () => Promise.resolve());
    const state = () => store.getState();
    const close = state().open('development', all);
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    state().setFollowing(false);
    while (!state().paused) await state().loadEarlier();
    startedAt = 'again';
    await state().loadEarlier();
    await vi.waitFor(() => {
      expect(store.lines.length).toBe(500);
    });
    expect([store.lines.at(store.lines.end - 1)?.seq, state().paused]).toEqual([50_000, false]);
    close();
  });

  test('all lines are every matching one, also those that the panel does not hold', async () => {
    const { close, state } = opened('logs50k');
    const written: LogLine[] = [];
    const filter = { ...all, services: ['frontend'] };
    for await (const { lines } of state().all('development', filter, new AbortController().signal))
      written.push(...lines);
    expect(written.every(({ service }) => service === 'frontend')).toBe(true);
    expect(rising(seqs(written))).toBe(true);
    const counted = await state().count('development', filter, 10);
    const markers = written.filter(({ stream }) => stream === 'marker').length;
    expect(counted).toMatchObject({ found: { total: written.length - markers } });
    close();
  });

  test('begins around a time, frozen, with the lines on both sides of it', async () => {
    const { store, close, state } = opened('logs50k');
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    while (!state().atStart && store.lines.length < 12_000) await state().loadEarlier();
    const wanted = store.lines.at(store.lines.first + 500);
    close();
    const again = state().open('development', all, wanted?.time);
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
      expect(seqs(store.lines)).toContain(wanted?.seq);
    });
    expect(state()).toMatchObject({ following: false, anchored: true });
    expect(seqs(store.lines)[300]).toBe(wanted?.seq);
    again();
  });

  test('goes from match to match, up to the last', async () => {
    const { store, close, state } = opened('logs50k');
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    const filter = { ...all, query: 'timeout' };
    const next = async (line: LogLine | undefined, step: 1 | -1, itself = false) => {
      if (line === undefined) throw new Error('There is no line.');
      const told = await state().next('development', filter, { line, step, itself }, new AbortController().signal);
      if ('problem' in told) throw new Error(told.problem.message);
      return told.found.line;
    };
    const last = await next(store.lines.at(store.lines.end - 1), -1, true);
    const before = await next(last, -1);
    expect(before?.seq).toBeLessThan(last?.seq ?? 0);
    expect(await next(last, -1, true)).toEqual(last);
    expect([await next(before, 1), await next(last, 1)]).toEqual([last, undefined]);
    close();
  });

  test('a filter that cannot be used is told, and what was found last stays', async () => {
    const { store, close, state } = opened('logs50k');
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    close();
    const broken = { ...all, query: 'status>=' };
    expect(await state().check(broken)).toMatchObject({ code: 'USAGE', details: { at: 6 } });
    expect(await state().check(all)).toBeUndefined();
    expect(store.lines.length).toBeGreaterThan(0);
  });
});

const lineOf = (seq: number): LogLine => ({
  seq,
  time: '',
  service: 'a',
  container: 'a',
  stream: 'stdout',
  level: 'info',
  text: '',
});
const counts = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };

test('a frozen view takes no line that would push one out', () => {
  const lines = new Ring<LogLine>({ capacity: 4 });
  const page = (...numbers: number[]) => ({
    lines: numbers.map(lineOf),
    cursor: 9,
    dropped: 0,
    held: 9,
    counts,
    more: false,
  });
  const state = createLogsStore(coreOf(fakeClient('empty')), () => Promise.resolve()).getState();
  takePage(lines, state, page(1, 2, 3), true);
  const changes = takePage(lines, { ...state, following: false }, page(4, 5, 6), false);
  expect(seqs(lines)).toEqual([1, 2, 3, 4]);
  expect([changes.paused, changes.fresh]).toEqual([true, 1]);
  takePage(lines, state, page(5, 6), false);
  expect(seqs(lines)).toEqual([3, 4, 5, 6]);
  expect(heldHere).toBe(20_000);
});

test.each([
  ['of one byte a character', 'x', 760],
  ['of two', 'ж', 380],
])('long lines %s: the panel holds fewer of them, the newest', (_what, character, least) => {
  const { lines, ...store } = createLogsStore(coreOf(fakeClient('empty')), () => Promise.resolve());
  const long = character.repeat(16 * 1024);
  const all = Array.from({ length: 2000 }, (_, index) => ({ ...lineOf(index + 1), text: long }));
  const page = { lines: all, cursor: 2000, dropped: 0, held: 2000, counts, more: false };
  takePage(lines, store.getState(), page, false);
  expect(lines.length).toBeGreaterThan(least - 20);
  expect(lines.length).toBeLessThan(least + 10);
  expect([lines.full, lines.at(lines.end - 1)?.seq]).toEqual([true, 2000]);
});

test('lines that were shown before they were in order are not new when they come into the ring', () => {
  const lines = new Ring<LogLine>({ capacity: 40 });
  const page = (from: number, to: number, ahead?: LogPage['ahead']): LogPage => ({
    lines: Array.from({ length: to - from }, (_, index) => lineOf(from + index)),
    cursor: to - 1,
    dropped: 0,
    held: to,
    counts,
    more: false,
    ahead,
  });
  const initial = createLogsStore(coreOf(fakeClient('empty')), () => Promise.resolve()).getState();
  const begun = { ...initial, ...takePage(lines, initial, page(1, 4), true) };
  const ahead = { mark: 3, skipped: 2, lines: [lineOf(6), lineOf(7)] };
  const followed = { ...begun, ...takePage(lines, begun, page(4, 4, ahead), false) };
  expect(followed.ahead).toBe(ahead);
  const frozen = { ...followed, following: false };
  const changes = takePage(lines, frozen, page(4, 9), false);
  // Four of these five were in sight.
  expect([changes.fresh, changes.ahead]).toEqual([1, undefined]);
  expect(takePage(lines, { ...frozen, ...changes }, page(9, 11), false).fresh).toBe(3);
});
