import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LogFilter, type LogLine, logLevels, QuaysideError } from '#contract/index.ts';
import { type Row, shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { formatTime } from '../parse/timestamp.ts';
import { type ReadQuery, readPage } from '../search/read.ts';
import { createLogStore, type LogStore } from './store.ts';

const never = new AbortController().signal;
const all: LogFilter = { services: [], levels: [], search: '' };
const query = { filter: all, limit: 500, waitMs: 0 };

const show = (text: string): string => text;
const read = (store: LogStore, asked: ReadQuery, signal = never) => readPage({ store, show }, asked, signal);

interface Extra {
  readonly nanos?: number;
  readonly source?: number;
  readonly stream?: number;
}

function row(text: string | Uint8Array, { nanos = 0, source = 0, stream = 1 }: Extra = {}): Row {
  const line = shown({ stream: 1, sec: 100, nanos, text: Buffer.from(text), cut: false });
  return { line, facts: { ...factsOf(source, line), stream } };
}

function append(store: LogStore, rows: readonly Row[]): void {
  for (const { line, facts } of rows) store.add(line, facts);
  store.notify();
}

function filled(lines: readonly (string | Row)[]): LogStore {
  const store = createLogStore();
  store.addSource({ service: 'backend', name: 'shop-backend-1' });
  store.addSource({ service: 'frontend', name: 'shop-frontend-1' });
  append(
    store,
    lines.map((line) => (typeof line === 'string' ? row(line) : line)),
  );
  return store;
}

const texts = (lines: readonly LogLine[]): string[] => lines.map(({ text }) => text);
const search = async (store: LogStore, filter: Partial<LogFilter>): Promise<string[]> =>
  texts((await read(store, { ...query, filter: { ...all, ...filter } })).lines);

describe('the store', () => {
  test('walking by pages meets every line exactly once, in order, whatever the sizes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 40 }),
        async (batches, limit) => {
          const store = createLogStore();
          store.addSource({ service: 'a', name: 'a-1' });
          const seen: LogLine[] = [];
          let cursor = 0;
          let written = 0;
          for (const batch of batches) {
            append(
              store,
              batch.map((bytes) => row(bytes, { nanos: (written += 1) })),
            );
            for (let more = true; more; ) {
              const page = await read(store, { ...query, after: cursor, limit });
              seen.push(...page.lines);
              ({ cursor, more } = page);
            }
          }
          expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: written }, (_, index) => index + 1));
          expect(seen.map(({ time }) => time)).toEqual(seen.map(({ seq }) => formatTime({ sec: 100, nanos: seq })));
        },
      ),
    );
  });

  test('stays within its bytes, the oldest leave first, counts and numbers of lost lines are exact', async () => {
    const maxBytes = 3 * 1024 * 1024;
    const store = createLogStore({ maxBytes });
    store.addSource({ service: 'a', name: 'a-1' });
    const line = (index: number): Row => row(`{"level":${index % 2 === 0 ? 30 : 50},"n":${index}}${'x'.repeat(1000)}`);
    for (let at = 0; at < 100; at += 1) {
      append(
        store,
        Array.from({ length: 100 }, (_, index) => line(at * 100 + index)),
      );
      expect(store.bytes).toBeLessThanOrEqual(maxBytes);
      expect(store.counts.reduce((sum, count) => sum + count, 0)).toBe(store.held);
    }
    const page = await read(store, { ...query, after: 0, limit: 2000 });
    expect(page.dropped).toBe(store.firstSeq - 1);
    expect(page.dropped + store.held).toBe(10_000);
    expect(page.lines[0]?.seq).toBe(store.firstSeq);
    const errors = await read(store, { ...query, filter: { ...all, levels: ['error'] }, limit: 2000 });
    expect(page.counts.error).toBe(errors.lines.length + (errors.more ? Number.NaN : 0));
  });

  test('a line larger than a slab and many empty lines are held too', async () => {
    const store = filled([row(Buffer.alloc(1024 * 1024 + 10, 'a')), ...Array.from({ length: 70_000 }, () => row(''))]);
    expect(store.held).toBe(70_001);
    const page = await read(store, { ...query, after: 0, limit: 2 });
    expect(page.lines.map(({ text, cut }) => [text.length, cut])).toEqual([
      [16 * 1024, true],
      [0, undefined],
    ]);
    expect(store.find(70_001)?.seq).toBe(70_001);
  });
});

describe('queries', () => {
  const lines = [
    row('{"level":30,"msg":"hello","reqId":"r-1"}'),
    row('{"level":50,"msg":"Payment (failed)","reqId":"r-2"}', { source: 1 }),
    row('plain \u001b[31mRED\u001b[0mdish', { source: 1, stream: 2 }),
    row('frontend-1 restarted', { source: 1, stream: 0 }),
    row('{"level":20,"req":{"id":"r-1"}}', { source: 1 }),
  ];

  test('services, levels, ids and text each narrow it down', async () => {
    const store = filled(lines);
    expect(await search(store, { services: ['backend'] })).toHaveLength(1);
    expect(await search(store, { levels: ['error', 'debug'] })).toHaveLength(3);
    expect(await search(store, { correlationId: 'r-1' })).toHaveLength(2);
    expect(await search(store, { search: 'payment (FAILED)' })).toHaveLength(1);
    expect(await search(store, { search: 'reddish' })).toHaveLength(1);
    expect(await search(store, { search: '/P.yment/' })).toHaveLength(1);
    expect(await search(store, { search: '/p.yment/' })).toHaveLength(0);
    expect(await search(store, { search: '/p.yment/i', services: ['backend'] })).toHaveLength(0);
    expect(await search(store, { search: 'restarted' })).toHaveLength(0);
  });

  test('a line carries what the scan found', async () => {
    const [first, second, , marker] = (await read(filled(lines), query)).lines;
    expect(first).toMatchObject({
      service: 'backend',
      container: 'shop-backend-1',
      stream: 'stdout',
      level: 'info',
      correlationId: 'r-1',
    });
    expect(second).toMatchObject({ service: 'frontend', level: 'error', correlationId: 'r-2' });
    expect(marker).toMatchObject({ stream: 'marker', level: 'none' });
  });

  test('the first page is the newest one, oldest line first', async () => {
    const store = filled(Array.from({ length: 50 }, (_, index) => String(index)));
    const page = await read(store, { ...query, limit: 3 });
    expect(texts(page.lines)).toEqual(['47', '48', '49']);
    expect([page.more, page.cursor, page.dropped, page.held]).toEqual([true, 50, 0, 50]);
  });

  test('a broken pattern and one that backtracks for ever are refused in time', async () => {
    const store = filled(['a'.repeat(60)]);
    const failure = async (pattern: string): Promise<unknown> =>
      search(store, { search: pattern }).catch((error: unknown) => error);
    expect(await failure('/(/')).toMatchObject({ code: 'USAGE' });
    const began = performance.now();
    expect(await failure('/(a+)+b/i')).toBeInstanceOf(QuaysideError);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('a cursor from another life reads the newest lines', async () => {
    expect(texts((await read(filled(['x']), { ...query, after: 999 })).lines)).toEqual(['x']);
  });

  test('level codes are the positions of the contract', () => {
    expect(logLevels.indexOf('none')).toBe(logLevels.length - 1);
  });
});

describe('waiting', () => {
  test('answers when a matching line comes, not before', async () => {
    const store = filled(['old']);
    const waiting = read(store, { ...query, filter: { ...all, search: 'wanted' }, after: 1, waitMs: 20_000 });
    for (const text of ['noise', 'wanted']) {
      await sleep(10);
      append(store, [row(text)]);
    }
    const page = await waiting;
    expect(texts(page.lines)).toEqual(['wanted']);
    expect(page.cursor).toBe(3);
  });

  test('ends empty when the time is up, and at once when the reader leaves', async () => {
    const store = filled(['old']);
    expect((await read(store, { ...query, after: 1, waitMs: 10 })).lines).toEqual([]);
    const leaving = new AbortController();
    const waiting = read(store, { ...query, after: 1, waitMs: 25_000 }, leaving.signal);
    leaving.abort();
    expect((await waiting).lines).toEqual([]);
  });
});
