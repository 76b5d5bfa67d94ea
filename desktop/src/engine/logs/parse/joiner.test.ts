import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogChunk } from '#engine/docker/index.ts';
import { join, kept, type OwnLine } from '../fixtures/lines.ts';
import { createJoiner, MAX_LINE_BYTES } from './joiner.ts';
import { formatTime } from './timestamp.ts';

const PART = 16 * 1024;

interface Written {
  readonly stream: 1 | 2;
  readonly text: Buffer;
}

const written = fc.record({
  stream: fc.constantFrom<1 | 2>(1, 2),
  text: fc
    .oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => Buffer.from(text)),
      fc
        .tuple(fc.nat(255), fc.integer({ min: PART - 2, max: 3 * PART }))
        .map(([byte, size]) => Buffer.alloc(size, byte)),
    )
    .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10 && byte !== 13))),
});

const stamp = (index: number): string => `${formatTime({ sec: 1_795_409_522, nanos: index * 1000 })} `;

/** As the engine frames lines: parts of 16 KiB that share a timestamp, the newline on the last one. */
function frames(lines: readonly Written[], lastNewline: boolean): LogChunk[] {
  return lines.flatMap(({ stream, text }, index) => {
    const chunks: LogChunk[] = [];
    for (let at = 0; at === 0 || at < text.length; at += PART) {
      const last = at + PART >= text.length;
      const end = last && lastNewline ? '\n' : '';
      chunks.push({
        stream,
        payload: Buffer.concat([Buffer.from(stamp(index)), text.subarray(at, at + PART), Buffer.from(end)]),
      });
    }
    return chunks;
  });
}

function partsOf(chunks: readonly LogChunk[], tty: boolean): number {
  const joiner = createJoiner(tty, () => undefined);
  for (const { stream, payload } of chunks) joiner.push(stream, payload, 0, payload.length);
  return joiner.parts;
}

const plain = (lines: readonly OwnLine[]): unknown[] =>
  lines.map(({ stream, nanos, text, cut }) => [stream, nanos, text.toString('latin1'), cut]);

describe('frames', { timeout: 60_000 }, () => {
  test('every line comes out once, whole and in the order of its stream', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 12 }), (lines) => {
        const expected = lines.map(({ stream, text }, index) => [stream, index * 1000, text.toString('latin1'), false]);
        expect(plain(join(frames(lines, true), false))).toEqual(expected);
      }),
    );
  });

  test('a driver that leaves out the last newline changes nothing: the next timestamp ends a line', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 8 }), (lines) => {
        for (const stream of [1, 2] as const) {
          const ofStream = (all: OwnLine[]): unknown[] => plain(all.filter((line) => line.stream === stream));
          expect(ofStream(join(frames(lines, false), false))).toEqual(ofStream(join(frames(lines, true), false)));
        }
      }),
    );
  });

  test('several lines in one frame, and a frame in pieces', () => {
    const payload = Buffer.from(`${stamp(1)}one\n${stamp(2)}two\n${stamp(3)}three\n`);
    expect(join([{ stream: 1, payload }], false).map((line) => line.text.toString())).toEqual(['one', 'two', 'three']);
    const long = Buffer.from(`${stamp(1)}begin middle end\n`);
    const pieces = [long.subarray(0, 40), long.subarray(40, 44), long.subarray(44)].map((part) => ({
      stream: 1 as const,
      payload: part,
    }));
    expect(join(pieces, false).map((line) => line.text.toString())).toEqual(['begin middle end']);
  });

  test('counts the parts as the engine does, also those that have no room', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 12 }), (lines) => {
        const chunks = frames(lines, true);
        expect(partsOf(chunks, false)).toBe(chunks.length);
      }),
    );
    const giant = frames([{ stream: 1, text: Buffer.alloc(3 * MAX_LINE_BYTES, 'a') }], true);
    expect(partsOf(giant, false)).toBe(giant.length);
  });

  test('a line over 1 MiB is kept up to there and says so', () => {
    const [line, ...rest] = join(frames([{ stream: 1, text: Buffer.alloc(MAX_LINE_BYTES + 5, 'a') }], true), false);
    expect(rest).toEqual([]);
    expect([line?.text.length, line?.cut]).toEqual([MAX_LINE_BYTES, true]);
    const [exact] = join(frames([{ stream: 1, text: Buffer.alloc(MAX_LINE_BYTES, 'a') }], true), false);
    expect([exact?.text.length, exact?.cut]).toEqual([MAX_LINE_BYTES, false]);
  });
});

describe('terminal', { timeout: 60_000 }, () => {
  test('any cutting of the stream gives the same lines', () => {
    fc.assert(
      fc.property(
        fc.array(written, { maxLength: 8 }),
        fc.array(fc.nat(4000), { minLength: 1, maxLength: 20 }),
        (lines, cuts) => {
          const raw = Buffer.concat(
            frames(lines, false).map(({ payload }, index, all) => {
              const next = all[index + 1]?.payload;
              const width = stamp(0).length;
              const goesOn =
                next !== undefined && Buffer.compare(next.subarray(0, width), payload.subarray(0, width)) === 0;
              return goesOn ? payload : Buffer.concat([payload, Buffer.from('\r\n')]);
            }),
          );
          const chunks: LogChunk[] = [];
          for (let at = 0, turn = 0; at < raw.length; turn += 1) {
            const size = 1 + (cuts[turn % cuts.length] ?? 0);
            chunks.push({ stream: 1, payload: raw.subarray(at, at + size) });
            at += size;
          }
          const expected = lines.map(({ text }, index) => [1, index * 1000, text.toString('latin1'), false]);
          expect(plain(join(chunks, true))).toEqual(expected);
        },
      ),
    );
  });

  test('counts the parts of a line, of one over 1 MiB rather more than fewer', () => {
    const text = Buffer.alloc(2 * PART + 7, 'a');
    expect(partsOf(frames([{ stream: 1, text }], true), true)).toBe(3);
    const giant = frames([{ stream: 1, text: Buffer.alloc(3 * MAX_LINE_BYTES, 'a') }], true);
    expect(partsOf(giant, true)).toBeGreaterThanOrEqual(giant.length);
    const [line] = join(giant, true);
    expect([line?.text.equals(Buffer.alloc(MAX_LINE_BYTES, 'a')), line?.cut]).toEqual([true, true]);
  });

  test('what has no line end yet is held, and can be taken', () => {
    const seen: string[] = [];
    const joiner = createJoiner(true, (line) => seen.push(kept(line).text.toString()));
    const text = Buffer.from(`${stamp(1)}50%`);
    joiner.push(1, text, 0, text.length);
    expect(seen).toEqual([]);
    joiner.flush();
    expect(seen).toEqual(['50%']);
    joiner.flush();
    expect(seen).toHaveLength(1);
  });
});
