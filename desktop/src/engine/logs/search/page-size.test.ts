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

const longLine = (sec: number) => shown({ stream: 1, sec, nanos: 0, text: Buffer.alloc(16_000, 'x'), cut: false });

function longLines(): LogStore {
  const store = createLogStore();
  store.addSource({ service: 'web', name: 'web-1' });
  for (let n = 0; n < count; n += 1) store.add(longLine(n), factsOf(0, longLine(n)));
  return store;
}

const all = Array.from({ length: count }, (_, n) => n + 1);

function seqsOf({ lines }: LogPage): number[] {
  expect(lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(PAGE_BYTES);
  return lines.map(({ seq }) => seq);
}

describe('a page of long lines', () => {
  const store = longLines();
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
