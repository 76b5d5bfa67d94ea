import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { Demultiplexer } from '#engine/docker/index.ts';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { createCursor } from './follow/cursor.ts';
import { createMerger } from './follow/merger.ts';
import { createJoiner, MAX_LINE_BYTES } from './parse/joiner.ts';
import { formatTime } from './parse/timestamp.ts';
import { readPage } from './search/read.ts';
import { createLogStore, type LogStore } from './store/store.ts';

const never = new AbortController().signal;
const show = (text: string): string => text;
const PART = 16 * 1024;

/** Everything from the engine's bytes to the store. */
function pipeline(): { store: LogStore; push: (bytes: Uint8Array) => void; end: () => void } {
  const store = createLogStore();
  const source = store.addSource({ service: 'web', name: 'web-1' });
  const merger = createMerger(store);
  const cursor = createCursor();
  const joiner = createJoiner(false, (line) => {
    if (line.stream !== 3 && cursor.judge(line) !== 'duplicate') merger.line(source, line);
  });
  const demultiplexer = new Demultiplexer();
  return {
    store,
    push(bytes) {
      demultiplexer.push(bytes, (stream, payload, start, end) => {
        joiner.push(stream, payload, start, end);
      });
    },
    end() {
      joiner.flush();
      merger.dispose();
    },
  };
}

/** As the engine frames a line: parts of 16 KiB under one timestamp, the newline on the last. */
function framesOf(text: Buffer, nanos: number): Buffer[] {
  const stamp = Buffer.from(`${formatTime({ sec: 1_795_409_522, nanos })} `);
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < text.length; at += PART) {
    const end = at + PART >= text.length ? '\n' : '';
    const payload = Buffer.concat([stamp, text.subarray(at, at + PART), Buffer.from(end)]);
    const header = Buffer.alloc(8);
    header[0] = 1;
    header.writeUInt32BE(payload.length, 4);
    frames.push(header, payload);
  }
  return frames;
}

const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    Buffer.alloc(300),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
    Buffer.from('<img src=x onerror=alert(1)>'),
    Buffer.from('\u001b]52;c;cm0gLXJm\u0007\u001b]0;title\u0007\u001b[2J'),
    Buffer.from('\u202Egnirts\u202C \u200Bzero'),
    Buffer.from(`{"a":`.repeat(5000)),
    Buffer.from(`${'['.repeat(30_000)}${']'.repeat(30_000)}`),
    Buffer.from('{"level":30,"__proto__":{"level":60},"reqId":"\\ud800","msg":"\\'),
    Buffer.from('{"level":99999999999999999999,"time":1e999}'),
    Buffer.from('2026-09-21T12:00:00.000000000Z 2026-09-21T12:00:00.000000000Z a stamp in the text'),
  ),
  fc.tuple(fc.nat(255), fc.integer({ min: PART - 3, max: PART * 3 })).map(([byte, size]) => Buffer.alloc(size, byte)),
);
const lineText = hostile.map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10 && byte !== 13)));

describe('hostile lines', () => {
  test(
    'whatever is written comes out byte for byte, is searched and shown, and breaks nothing',
    async () => {
      await fuzz(
        'log lines',
        fc.asyncProperty(fc.array(lineText, { maxLength: 12 }), fc.array(fc.nat(70_000)), async (lines, places) => {
          const bytes = Buffer.concat(lines.flatMap((text, index) => framesOf(text, index + 1)));
          const cuts = [...places.map((place) => place % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
          const { store, push, end } = pipeline();
          for (const [index, cut] of cuts.slice(1).entries()) push(bytes.subarray(cuts[index], cut));
          end();
          const held = lines.map((_, index) => store.find(index + 1)).map((place) => place?.slab.bytes(place.row));
          expect(store.held).toBe(lines.length);
          expect(held.map((one) => one?.toString('latin1'))).toEqual(lines.map((one) => one.toString('latin1')));
          for (const filter of [
            { search: 'a' },
            { search: '/[^a]+$/' },
            { search: '', query: 'a.b>=1 or -x:y level=none' },
          ]) {
            const query = { filter: { services: [], levels: [], ...filter }, limit: 100, waitMs: 0 };
            const page = await readPage({ store, show }, query, never);
            expect(page.lines.every(({ text }) => text.length <= PART)).toBe(true);
          }
        }),
        200,
      );
    },
    fuzzTimeout,
  );

  test(
    'bytes that are no log stream are refused, never shown as lines',
    async () => {
      await fuzz(
        'log streams',
        fc.property(fc.uint8Array({ minLength: 8, maxLength: 100 }), (noise) => {
          const { store, push, end } = pipeline();
          try {
            push(noise);
          } catch (error) {
            expect(error).toBeInstanceOf(QuaysideError);
            expect(error).toMatchObject({ code: 'ENGINE_PROTOCOL' });
          }
          end();
          expect(store.held).toBeLessThan(noise.length);
        }),
        200,
      );
    },
    fuzzTimeout,
  );

  test('a line of 10 MB is kept up to 1 MiB, marked, and holds up none behind it', async () => {
    const { store, push, end } = pipeline();
    for (const text of [Buffer.alloc(10 * 1024 * 1024, 'x'), Buffer.from('next')]) {
      for (const frame of framesOf(text, text.length)) push(frame);
    }
    end();
    expect(store.find(1)?.slab.bytes(0)).toHaveLength(MAX_LINE_BYTES);
    const query = { filter: { services: [], levels: [], search: '' }, limit: 10, waitMs: 0 };
    const { lines } = await readPage({ store, show }, query, never);
    expect(lines.map(({ text, cut }) => [text.length, cut])).toEqual([
      [PART, true],
      [4, undefined],
    ]);
  });

  test('a clock that is set back is told of, and the way on is not closed', () => {
    const cursor = createCursor();
    const line = (sec: number, text: string) => {
      const bytes = Buffer.from(text);
      return cursor.judge({ stream: 1, sec, nanos: 0, bytes, start: 0, end: bytes.length, cut: false });
    };
    expect([line(100, 'a'), line(50, 'b'), line(51, 'c')]).toEqual(['new', 'stepped', 'new']);
    // A read that began at the old time would leave out what comes now.
    expect(cursor.since()?.sec).toBeLessThanOrEqual(51);
    cursor.resume();
    expect([line(51, 'c'), line(52, 'd')]).toEqual(['duplicate', 'new']);
  });
});
