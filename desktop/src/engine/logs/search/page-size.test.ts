import { describe, expect, test } from 'vitest';
import type { LogPage } from '#contract/index.ts';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { createLogStore, type LogStore } from '../store/store.ts';
import { PAGE_BYTES } from './page-size.ts';
import { type ReadQuery, readPage } from './read.ts';

const never = new AbortController().signal;
const show = (text: string): string => text;
const asked = { filter: { services: [], levels: [], search: '' }, limit: 2000, waitMs: 0 };
const count = 700;

function longLines(text: Buffer): LogStore {
  const store = createLogStore();
  store.addSource({ service: 'web', name: 'web-1' });
  for (let n = 0; n < count; n += 1) {
    const line = shown({ stream: 1, sec: n, nanos: 0, text, cut: false });
    store.add(line, factsOf(0, line));
  }
  return store;
}

const all = Array.from({ length: count }, (_, n) => n + 1);

/** Bytes of the texts as they are sent. */
const sent = (lines: LogPage['lines']): number => Buffer.byteLength(JSON.stringify(lines.map(({ text }) => text)));

function seqsOf({ lines }: LogPage): number[] {
  expect(sent(lines)).toBeLessThanOrEqual(PAGE_BYTES);
  return lines.map(({ seq }) => seq);
}

describe('a page of long lines', () => {
  const store = longLines(Buffer.alloc(16_000, 'x'));
  const read = (query: Partial<ReadQuery>) => readPage({ store, show }, { ...asked, ...query }, never);

  test('is full before it has all the lines asked for; the next begins where it ended', async () => {
    const seqs: number[] = [];
    const more: boolean[] = [];
    for (let after = 0; after < count; ) {
      const page = await read({ after });
      seqs.push(...seqsOf(page));
      more.push(page.more);
      after = page.cursor;
    }
    expect(seqs).toEqual(all);
    expect(more).toEqual([true, true, false]);
  });

  test('has the newest of them, and those before it are read on from there', async () => {
    const newest = await read({});
    const before = await read({ before: newest.lines[0]?.seq ?? 0 });
    const behind = await read({ after: 10, newest: true });
    expect([...seqsOf(before), ...seqsOf(newest)]).toEqual(all.slice(-newest.lines.length - before.lines.length));
    expect(behind.lines).toEqual(newest.lines);
    for (const { more } of [newest, before, behind]) expect(more).toBe(true);
    expect([newest.cursor, behind.cursor]).toEqual([count, count]);
  });
});

test.each([
  ['control characters', Buffer.alloc(2000, 1), 0.99],
  ['quotes', Buffer.alloc(8000, '"'), 0.99],
  ['bytes that are no text', Buffer.alloc(5000, 0xff), 0.99],
  ['characters of three bytes', Buffer.from('電'.repeat(5000)), 0.99],
  ['a long line that overwrites itself', Buffer.from(`${'x'.repeat(40_000)}\r${'\u0001'.repeat(16_000)}`), 0.97],
])('%s count as what they take on the page', async (_, text, full) => {
  const { lines, more } = await readPage({ store: longLines(text), show }, asked, never);
  expect(sent(lines)).toBeLessThanOrEqual(PAGE_BYTES);
  expect(sent(lines)).toBeGreaterThan(PAGE_BYTES * full);
  expect(more).toBe(true);
});
