import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { FrameVisitor, LogChunk } from '../types.ts';

const headerBytes = 8;

/** Longest frame that is believed; an engine's frames are a line part of 16 KiB, at most 1 MiB for cached drivers. */
const maxFrameBytes = 16 * 1024 * 1024;

function streamOf(type: number): LogChunk['stream'] | undefined {
  if (type === 0 || type === 1) return 1;
  return type === 2 || type === 3 ? type : undefined;
}

/**
 * Splits the engine's multiplexed log stream into frames, in one pass and without recursion: each byte is copied at most
 * once, and a payload that is whole in its chunk is shown where it lies. Headers and payloads may be cut anywhere.
 */
export class Demultiplexer {
  readonly #header = Buffer.alloc(headerBytes);
  #headerFilled = 0;
  #stream: LogChunk['stream'] = 1;
  /** Bytes of the current payload that have not come yet; -1 while the header is incomplete. */
  #missing = -1;
  #parts: Uint8Array[] = [];

  /** Shows the frames that this chunk completes. Throws ENGINE_PROTOCOL where a header is none; do not go on after that. */
  push(chunk: Uint8Array, visit: FrameVisitor): void {
    let at = 0;
    while (at < chunk.length || this.#missing === 0) {
      if (this.#missing < 0) at += this.#fillHeader(chunk, at);
      else at += this.#fillPayload(chunk, at, visit);
    }
  }

  /** The frames that this chunk completes, as views on it. */
  frames(chunk: Uint8Array): LogChunk[] {
    const frames: LogChunk[] = [];
    this.push(chunk, (stream, bytes, start, end) => {
      frames.push({ stream, payload: bytes.subarray(start, end) });
    });
    return frames;
  }

  /** True in the middle of a frame: a stream that ends there was cut. */
  get incomplete(): boolean {
    return this.#missing >= 0 || this.#headerFilled > 0;
  }

  #fillHeader(chunk: Uint8Array, at: number): number {
    if (this.#headerFilled === 0 && chunk.length - at >= headerBytes) {
      this.#readHeader(chunk, at);
      return headerBytes;
    }
    const taken = Math.min(headerBytes - this.#headerFilled, chunk.length - at);
    this.#header.set(chunk.subarray(at, at + taken), this.#headerFilled);
    this.#headerFilled += taken;
    if (this.#headerFilled === headerBytes) this.#readHeader(this.#header, 0);
    return taken;
  }

  #readHeader(bytes: Uint8Array, at: number): void {
    // Read by hand: a view for each header costs more than all the rest of the work on a line.
    const byte = (index: number): number => bytes[at + index] ?? 0;
    const stream = streamOf(byte(0));
    const length = byte(4) * 2 ** 24 + ((byte(5) << 16) | (byte(6) << 8) | byte(7));
    if (stream === undefined || (byte(1) | byte(2) | byte(3)) !== 0 || length > maxFrameBytes) {
      const header = Buffer.from(bytes.subarray(at, at + headerBytes)).toString('hex');
      throw new QuaysideError(
        'ENGINE_PROTOCOL',
        say`The log stream is out of step: ${header} is not the header of a frame.`,
        {
          remedy: say`Open the logs again; if it stays so, something between here and the engine changes its answers.`,
        },
      );
    }
    this.#stream = stream;
    this.#missing = length;
    this.#headerFilled = 0;
  }

  #fillPayload(chunk: Uint8Array, at: number, visit: FrameVisitor): number {
    const size = Math.min(this.#missing, chunk.length - at);
    this.#missing -= size;
    if (this.#missing > 0) {
      // Copied: whoever reads the socket may use the chunk's memory again.
      this.#parts.push(Uint8Array.prototype.slice.call(chunk, at, at + size));
      return size;
    }
    this.#missing = -1;
    if (this.#parts.length === 0) {
      visit(this.#stream, chunk, at, at + size);
      return size;
    }
    const payload = Buffer.concat([...this.#parts, chunk.subarray(at, at + size)]);
    this.#parts = [];
    visit(this.#stream, payload, 0, payload.length);
    return size;
  }
}

/** What is thrown where a stream ends in the middle of a frame. */
export function brokenStream(): QuaysideError {
  return new QuaysideError('ENGINE_DOWN', say`The log stream broke in the middle of a line.`, {
    remedy: say`Open the logs again.`,
  });
}
