import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJoiner, type Line, type LineVisitor } from '../parse/joiner.ts';
import { formatTime } from '../parse/timestamp.ts';
import { type ReadParts, readTail } from './read-tail.ts';

const MIB = 1024 * 1024;

/** A log as the engine keeps it: of each line, as many parts as given. */
function logOf(partsOfLines: readonly number[], bytesOfPart = 4) {
  const parts = partsOfLines.flatMap((count, line) =>
    Array.from({ length: count }, (_, part) => {
      const text = `${line}.${part};`.padEnd(bytesOfPart, '_');
      return Buffer.from(`${formatTime({ sec: 1000 + line, nanos: 0 })} ${text}${part === count - 1 ? '\n' : ''}`);
    }),
  );
  const asked: (number | 'all')[] = [];
  const read = (tail: number | 'all', visit: LineVisitor): Promise<number> => {
    asked.push(tail);
    const joiner = createJoiner(false, visit);
    // The memory of a frame is used again, as the engine's reader does.
    const memory = Buffer.alloc(Math.max(0, ...parts.map(({ length }) => length)));
    for (const bytes of tail === 'all' ? parts : parts.slice(Math.max(0, parts.length - tail))) {
      memory.set(bytes);
      joiner.push(1, memory, 0, bytes.length);
    }
    joiner.flush();
    return Promise.resolve(joiner.parts);
  };
  return { read, asked };
}

async function tailOf(read: ReadParts, lines: number, mostBytes = Number.POSITIVE_INFINITY) {
  const texts: string[] = [];
  const take = ({ bytes, start, end }: Line): void => {
    texts.push(Buffer.from(bytes.subarray(start, end)).toString().replaceAll('_', ''));
  };
  return { texts, ...(await readTail({ lines, mostBytes }, read, take)) };
}

const textOf = (line: number, parts: number): string =>
  Array.from({ length: parts }, (_, part) => `${line}.${part};`).join('');

describe('the tail of a log', () => {
  test('is so many whole lines, of however many parts they are', async () => {
    const lengths = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 0, max: 45 }), async (parts, lines) => {
        const { texts, whole } = await tailOf(logOf(parts).read, lines);
        const all = parts.map((count, line) => textOf(line, count));
        expect(texts).toEqual(lines === 0 ? [] : all.slice(-lines));
        if (whole) expect(texts).toEqual(all);
        if (parts.length < lines) expect(whole).toBe(true);
      }),
    );
  });

  test('is read again where an answer ends before the newest line, and said to be cut where all do', async () => {
    const log = logOf(new Array<number>(40).fill(1));
    const lines = Array.from({ length: 40 }, (_, line) => textOf(line, 1));
    let breaks = 2;
    const breaking: ReadParts = async (tail, visit) => {
      const cut = tail !== 1 && breaks > 0;
      if (cut) breaks -= 1;
      let left = cut ? 10 : 40;
      const parts = await log.read(tail, (line) => {
        left -= 1;
        if (left >= 0) visit(line);
      });
      return Math.min(parts, cut ? 10 : parts);
    };
    expect(await tailOf(breaking, 100)).toEqual({ texts: lines, whole: true, cut: false });
    expect(breaks).toBe(0);
    breaks = 100;
    expect(await tailOf(breaking, 30)).toEqual({ texts: lines.slice(9, 19), whole: false, cut: true });
  });

  test('of a log that grows meanwhile is whole, and so is that of one without lines', async () => {
    let length = 5;
    const growing: ReadParts = (tail, visit) => {
      length += 1;
      return logOf(new Array<number>(length).fill(1)).read(tail, visit);
    };
    const { texts, whole, cut } = await tailOf(growing, 100);
    expect([texts, whole, cut]).toEqual([Array.from({ length: 8 }, (_, line) => textOf(line, 1)), true, false]);
    expect(await tailOf(logOf([]).read, 100)).toEqual({ texts: [], whole: true, cut: false });
  });

  test('of short lines is read once, of long ones with a guess at their length', async () => {
    const short = logOf(new Array<number>(500).fill(1));
    await tailOf(short.read, 100);
    expect(short.asked).toEqual([101]);
    const long = logOf(new Array<number>(500).fill(3));
    expect((await tailOf(long.read, 100)).texts).toHaveLength(100);
    expect(long.asked).toHaveLength(2);
  });

  test('that is too much to be held is read again, line by line', async () => {
    const log = logOf(new Array<number>(40).fill(1), MIB);
    const { texts, whole } = await tailOf(log.read, 30);
    expect(texts).toEqual(Array.from({ length: 30 }, (_, index) => textOf(10 + index, 1)));
    expect([log.asked, whole]).toEqual([[31, 31], false]);
  });

  test('ends where there is enough text, with whole lines and never without any', async () => {
    const { texts, whole } = await tailOf(logOf(new Array<number>(300).fill(3), 1000).read, 90, 50_000);
    expect(texts).toEqual(Array.from({ length: 30 }, (_, index) => textOf(270 + index, 3)));
    expect(whole).toBe(false);
    const giant = await tailOf(logOf([1, 1, 200], 1000).read, 2, 1);
    expect(giant.texts).toEqual([textOf(1, 1), textOf(2, 200)]);
  });
});
