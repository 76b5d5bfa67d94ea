import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OwnLine, shown } from '../fixtures/lines.ts';
import { compareTime } from '../parse/timestamp.ts';
import { type Cursor, createCursor } from './cursor.ts';

/** A log as the engine keeps it: one file, each stream in its own order, the two a little out of order against each other. */
function logOf(entries: readonly { stream: 1 | 2; step: number; late: number; text: string }[]): OwnLine[] {
  const newest: Record<1 | 2, number> = { 1: 0, 2: 0 };
  let clock = 1_000_000_000;
  return entries.map(({ stream, step, late, text }) => {
    clock += step;
    const nanos = Math.max(newest[stream] + (step === 0 ? 0 : 1), clock - late);
    newest[stream] = nanos;
    const sec = 1000 + Math.floor(nanos / 1e9);
    return { stream, sec, nanos: nanos % 1e9, text: Buffer.from(text), cut: false };
  });
}

const entry = fc.record({
  stream: fc.constantFrom<1 | 2>(1, 2),
  step: fc.constantFrom(0, 1, 1000, 5_000_000),
  late: fc.constantFrom(0, 0, 0, 3_000_000, 20_000_000),
  text: fc.constantFrom('', 'same', 'a', 'b', 'c'),
});

const same = (a: OwnLine, b: OwnLine): boolean =>
  a.stream === b.stream && compareTime(a, b) === 0 && Buffer.compare(a.text, b.text) === 0;

/**
 * What the engine answers: an unbroken end of the file, without what is older than `since`. It does not begin amid lines
 * that are the same in everything: nobody could tell which of them are left out.
 */
function read(file: readonly OwnLine[], cursor: Cursor, tail: number): OwnLine[] {
  const since = cursor.since();
  let start = Math.max(0, file.length - tail);
  for (let moved = true; moved; ) {
    const first = file.findIndex((line) => file.slice(start).some((later) => same(line, later)));
    moved = first >= 0 && first < start;
    if (moved) start = first;
  }
  return file.slice(start).filter((line) => since === undefined || compareTime(line, since) >= 0);
}

describe('a cursor', () => {
  test('delivers every line once over any cuts, and says when it was given too little', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 60 }),
        fc.array(fc.record({ written: fc.nat(20), read: fc.nat(30), tail: fc.integer({ min: 1, max: 30 }) }), {
          maxLength: 12,
        }),
        (entries, cuts) => {
          const file = logOf(entries);
          const cursor = createCursor();
          const kept: OwnLine[] = [];
          let size = 0;
          for (const turn of [...cuts, { written: 60, read: 60, tail: 60 }]) {
            size = Math.min(file.length, size + turn.written);
            // Before the first line there is no way to prove anything: the whole file is read.
            for (let tail = kept.length === 0 ? file.length : turn.tail; ; tail = file.length) {
              cursor.resume();
              const verdicts = read(file.slice(0, size), cursor, Math.max(1, tail)).slice(
                0,
                tail === turn.tail ? turn.read : undefined,
              );
              let gap = false;
              for (const line of verdicts) {
                const verdict = cursor.judge(shown(line));
                if (verdict === 'gap') gap = true;
                if (gap) break;
                if (verdict === 'new') kept.push(line);
              }
              if (!gap) break;
              expect(tail).not.toBe(file.length);
            }
          }
          expect(kept).toEqual(file);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a gap can be accepted: the next line is taken', () => {
    const cursor = createCursor();
    const [first, , third] = logOf(
      [1, 2, 3].map((step) => ({ stream: 1, step: step * 1000, late: 0, text: String(step) })),
    );
    if (first === undefined || third === undefined) throw new Error('three lines were made');
    cursor.resume();
    expect(cursor.judge(shown(first))).toBe('new');
    cursor.resume();
    expect(cursor.judge(shown(third))).toBe('gap');
    cursor.acceptGap();
    expect(cursor.judge(shown(third))).toBe('new');
  });

  test('lines delivered twice by a rotation are dropped, a clock set back is not taken for one', () => {
    const cursor = createCursor();
    const lines = logOf(
      Array.from({ length: 50 }, (_, index) => ({ stream: 1 as const, step: 1000, late: 0, text: `line ${index}` })),
    );
    for (const line of lines) expect(cursor.judge(shown(line))).toBe('new');
    for (const line of lines.slice(20, 49)) expect(cursor.judge(shown(line))).toBe('duplicate');
    for (const line of lines.slice(0, 5))
      expect(cursor.judge(shown({ ...line, text: Buffer.from('other') }))).not.toBe('duplicate');
  });
});
