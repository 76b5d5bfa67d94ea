import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Demultiplexer } from './demux.ts';

function frame(type: number, payload: Uint8Array | string): Buffer {
  const bytes = Buffer.from(payload);
  const header = Buffer.alloc(8);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

function texts(frames: Iterable<{ stream: number; payload: Uint8Array }>): [number, string][] {
  return Array.from(frames, ({ stream, payload }) => [stream, Buffer.from(payload).toString('latin1')]);
}

describe('log demultiplexer', () => {
  test('any cutting of the bytes gives the same frames', () => {
    const anyFrame = fc.tuple(fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(anyFrame), fc.array(fc.nat()), (frames, places) => {
        const bytes = Buffer.concat(frames.map(([type, payload]) => frame(type, payload)));
        const cuts = [...places.map((place) => place % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
        const demultiplexer = new Demultiplexer();
        const got = cuts.slice(1).flatMap((end, index) => demultiplexer.frames(bytes.subarray(cuts[index], end)));
        const expected = frames.map(([type, payload]) => [type, Buffer.from(payload).toString('latin1')]);
        expect(texts(got)).toEqual(expected);
        expect(demultiplexer.incomplete).toBe(false);
      }),
    );
  });

  test('7000 tiny frames in one chunk need no stack (J.1 row 3)', () => {
    const chunk = Buffer.concat(Array.from({ length: 7000 }, (_, index) => frame(1 + (index % 2), '\n')));
    expect(new Demultiplexer().frames(chunk)).toHaveLength(7000);
  });

  test('payloads are views on the chunk: nothing is copied again for each frame (J.1 row 3)', () => {
    const chunk = Buffer.concat(Array.from({ length: 2_000 }, () => frame(1, 'line\n')));
    const buffers = new Demultiplexer().frames(chunk).map(({ payload }) => payload.buffer);
    expect(new Set(buffers)).toEqual(new Set([chunk.buffer]));
  });

  test('a frame of type 3 is the error of the engine, not the end of framing (J.1 row 3)', () => {
    const chunk = Buffer.concat([frame(1, 'a'), frame(3, 'error from daemon in stream'), frame(2, 'b')]);
    expect(texts(new Demultiplexer().frames(chunk))).toEqual([
      [1, 'a'],
      [3, 'error from daemon in stream'],
      [2, 'b'],
    ]);
  });

  test('a frame without payload is told, also as the last bytes of a chunk', () => {
    expect(texts(new Demultiplexer().frames(frame(2, '')))).toEqual([[2, '']]);
  });

  test.each([
    ['an unknown stream', Buffer.from([4, 0, 0, 0, 0, 0, 0, 1])],
    ['padding that is none', Buffer.from([1, 9, 0, 0, 0, 0, 0, 1])],
    ['an absurd length', Buffer.from([1, 0, 0, 0, 0x7f, 0, 0, 0])],
    ['plain text', Buffer.from('2026-11-23T08:00:00Z hello')],
  ])('%s is ENGINE_PROTOCOL, never passed on as text', (_what, bytes) => {
    expect(() => new Demultiplexer().frames(bytes)).toThrow(expect.objectContaining({ code: 'ENGINE_PROTOCOL' }));
  });

  test('knows that a frame is missing its end', () => {
    const demultiplexer = new Demultiplexer();
    expect(demultiplexer.frames(frame(1, 'hello').subarray(0, 10))).toEqual([]);
    expect(demultiplexer.incomplete).toBe(true);
  });
});
