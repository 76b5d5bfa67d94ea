import type { LogChunk } from '#engine/docker/index.ts';
import { type EngineTime, type MutableStamp, stampInto } from './timestamp.ts';

/** A line longer than this is kept up to here and marked. */
export const MAX_LINE_BYTES = 1024 * 1024;

export type StreamNumber = LogChunk['stream'];

/**
 * One whole line: the bytes from `start` up to `end`, without timestamp and line end. The object and the memory behind it
 * are used again for the next line: copy what is to stay.
 */
export interface Line extends EngineTime {
  readonly stream: StreamNumber;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** The line was longer than what is kept of it. */
  readonly cut: boolean;
}

export type LineVisitor = (line: Line) => void;

export interface Joiner {
  /** Shows every line that these bytes of a frame complete. */
  push(stream: StreamNumber, bytes: Uint8Array, start: number, end: number): void;
  /** Shows what has begun and has no line end yet; the joiner is empty afterwards. */
  flush(): void;
}

const NEWLINE = 10;
const RETURN = 13;
const LONGEST_STAMP = 36;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A line whose end has not come yet. */
interface Pending {
  sec: number;
  nanos: number;
  parts: Uint8Array[];
  size: number;
  cut: boolean;
}

function extend(line: Pending, bytes: Uint8Array, start: number, end: number, limit: number): void {
  const room = limit - line.size;
  if (end - start > room) line.cut = true;
  const size = Math.min(room, end - start);
  if (size <= 0) return;
  // Copied: the memory of a frame is used again.
  line.parts.push(Uint8Array.prototype.slice.call(bytes, start, start + size));
  line.size += size;
}

/**
 * Joins the parts of the engine's log frames to lines. The engine splits a line at 16 KiB and repeats the timestamp on each
 * part, so a part goes on with the line before it only where the timestamps are equal: some drivers leave out the newline
 * of the last part.
 */
export function createJoiner(tty: boolean, visit: LineVisitor): Joiner {
  return tty ? new TerminalJoiner(visit) : new FrameJoiner(visit);
}

const nothing = Buffer.alloc(0);

/** Shows lines through one object that is filled anew for each. */
class Shower {
  private readonly line: Mutable<Line> = { stream: 1, bytes: nothing, start: 0, end: 0, sec: 0, nanos: 0, cut: false };
  private readonly visit: LineVisitor;

  constructor(visit: LineVisitor) {
    this.visit = visit;
  }

  show(stream: StreamNumber, time: EngineTime, bytes: Uint8Array, start: number, end: number, cut: boolean): void {
    const { line } = this;
    line.stream = stream;
    line.bytes = bytes;
    line.start = start;
    line.end = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
    line.sec = time.sec;
    line.nanos = time.nanos;
    line.cut = cut;
    this.visit(line);
  }
}

class FrameJoiner implements Joiner {
  private readonly shower: Shower;
  private readonly pending: (Pending | undefined)[] = [];
  private readonly stamp: MutableStamp = { sec: 0, nanos: 0, next: 0 };

  constructor(visit: LineVisitor) {
    this.shower = new Shower(visit);
  }

  push(stream: StreamNumber, bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const textStart = this.begin(stream, bytes, at, end);
      const newline = bytes.indexOf(NEWLINE, textStart);
      const whole = newline >= 0 && newline < end;
      const textEnd = whole ? newline : end;
      const open = this.pending[stream];
      if (open === undefined && whole && textEnd - textStart <= MAX_LINE_BYTES) {
        this.shower.show(stream, this.stamp, bytes, textStart, textEnd, false);
      } else {
        this.grow(stream, bytes, textStart, textEnd, whole);
      }
      at = textEnd + 1;
    }
  }

  flush(): void {
    for (const stream of [1, 2, 3] as const) this.finish(stream);
  }

  /** Where the text of the part at `at` begins; its time is in `stamp`. */
  private begin(stream: StreamNumber, bytes: Uint8Array, at: number, end: number): number {
    const { stamp } = this;
    const open = this.pending[stream];
    if (!stampInto(stamp, bytes, at, end)) {
      // Not a new part: the rest of one whose frame came in pieces, or an engine message, which carries no time.
      stamp.sec = open?.sec ?? 0;
      stamp.nanos = open?.nanos ?? 0;
      return at;
    }
    if (open !== undefined && (open.sec !== stamp.sec || open.nanos !== stamp.nanos)) this.finish(stream);
    return stamp.next;
  }

  private grow(stream: StreamNumber, bytes: Uint8Array, start: number, end: number, whole: boolean): void {
    const { sec, nanos } = this.stamp;
    const open = (this.pending[stream] ??= { sec, nanos, parts: [], size: 0, cut: false });
    extend(open, bytes, start, end, MAX_LINE_BYTES);
    if (whole) this.finish(stream);
  }

  private finish(stream: StreamNumber): void {
    const open = this.pending[stream];
    if (open === undefined) return;
    this.pending[stream] = undefined;
    const bytes = Buffer.concat(open.parts);
    this.shower.show(stream, open, bytes, 0, bytes.length, open.cut);
  }
}

/** With a terminal the stream is bare text, cut anywhere; each line carries its timestamp and ends in CR LF. */
class TerminalJoiner implements Joiner {
  private readonly shower: Shower;
  private open: Pending | undefined;
  private readonly stamp: MutableStamp = { sec: 0, nanos: 0, next: 0 };

  constructor(visit: LineVisitor) {
    this.shower = new Shower(visit);
  }

  push(_stream: StreamNumber, bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const newline = bytes.indexOf(NEWLINE, at);
      const whole = newline >= 0 && newline < end;
      this.open ??= { sec: 0, nanos: 0, parts: [], size: 0, cut: false };
      extend(this.open, bytes, at, whole ? newline : end, MAX_LINE_BYTES + LONGEST_STAMP);
      if (!whole) return;
      this.finish();
      at = newline + 1;
    }
  }

  flush(): void {
    this.finish();
  }

  private finish(): void {
    const { open, stamp } = this;
    if (open === undefined) return;
    this.open = undefined;
    const bytes = Buffer.concat(open.parts);
    const stamped = stampInto(stamp, bytes, 0, bytes.length);
    this.shower.show(1, stamped ? stamp : open, bytes, stamped ? stamp.next : 0, bytes.length, open.cut);
  }
}
