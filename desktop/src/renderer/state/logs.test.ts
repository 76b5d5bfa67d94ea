import { describe, expect, test, vi } from 'vitest';
import type { CoreClient, LogFilter, LogLine } from '#contract/index.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { Ring } from './line-ring.ts';
import { createLogsStore, heldHere, takePage } from './logs.ts';

const all: LogFilter = { services: [], levels: [], search: '' };

function coreOf(client: CoreClient): Core {
  return {
    client,
    connected: () => Promise.resolve(),
    refusal: () => undefined,
    state: () => ({ status: 'connected', since: 0, hello: { version: '0', host: 'test', startedAt: 'once' } }),
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

  test('earlier lines come before the others, up to the first, also where matches are rare', async () => {
    const { store, close, state } = opened('logs50k', { ...all, levels: ['warn'] });
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    while (!state().atStart) await state().loadEarlier();
    const held = seqs(store.lines);
    expect(rising(held)).toBe(true);
    expect(held).toHaveLength(state().counts.warn ?? 0);
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

  test('an export holds every matching line, also those that the panel does not', async () => {
    const { close, state } = opened('logs50k', { ...all, services: ['frontend'] });
    await vi.waitFor(() => {
      expect(state().loading).toBe(false);
    });
    const told: number[] = [];
    const { parts, count } = await state().exportLines(new AbortController().signal, (soFar) => told.push(soFar));
    const written = parts
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LogLine);
    expect(written).toHaveLength(count);
    expect(told.at(-1)).toBe(count);
    expect(written.every(({ service }) => service === 'frontend')).toBe(true);
    expect(rising(seqs(written))).toBe(true);
    expect(count).toBe(Array.from({ length: 50_000 }, (_, index) => index + 1).filter((seq) => seq % 3 === 1).length);
    close();
  });
});

test('a frozen view takes no line that would push one out', () => {
  const lines = new Ring<LogLine>(4);
  const line = (seq: number): LogLine => ({
    seq,
    time: '',
    service: 'a',
    container: 'a',
    stream: 'stdout',
    level: 'info',
    text: '',
  });
  const counts = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };
  const page = (...numbers: number[]) => ({
    lines: numbers.map(line),
    cursor: 9,
    dropped: 0,
    held: 9,
    counts,
    more: false,
  });
  const state = createLogsStore(coreOf(fakeClient('empty')), () => Promise.resolve()).getState();
  takePage(lines, state, page(1, 2, 3), true);
  const { changes, after } = takePage(lines, { ...state, following: false }, page(4, 5, 6), false);
  expect(seqs(lines)).toEqual([1, 2, 3, 4]);
  expect([after, changes.paused, changes.fresh]).toEqual([4, true, 1]);
  expect(takePage(lines, state, page(5, 6), false).after).toBe(9);
  expect(seqs(lines)).toEqual([3, 4, 5, 6]);
  expect(heldHere).toBe(20_000);
});
