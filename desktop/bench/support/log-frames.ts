import { lineOf } from './log-lines.ts';

const chunkBytes = 64 * 1024;
const header = 8;
const begun = Date.parse('2026-09-21T12:00:00Z');

/** Engine frames of the lines `from` up to `to`, as a socket gives them: chunks of 64 KiB, cut anywhere; 3 µs lie between two lines. */
export function* framesOf(from: number, to: number): Generator<Buffer> {
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  for (let n = from; n < to; n += 1) {
    const micros = n * 3;
    const second = new Date(begun + Math.floor(micros / 1000)).toISOString().slice(0, 20);
    const text = `${second}${String((micros % 1_000_000) * 1000 + (n % 1000)).padStart(9, '0')}Z ${lineOf(n)}\n`;
    const frame = Buffer.alloc(header + text.length);
    frame.writeUInt8(1, 0);
    frame.writeUInt32BE(text.length, 4);
    frame.write(text, header, 'latin1');
    for (let at = 0; at < frame.length; ) {
      const copied = frame.copy(chunk, filled, at);
      at += copied;
      filled += copied;
      if (filled < chunkBytes) continue;
      yield chunk;
      chunk = Buffer.allocUnsafe(chunkBytes);
      filled = 0;
    }
  }
  yield chunk.subarray(0, filled);
}
