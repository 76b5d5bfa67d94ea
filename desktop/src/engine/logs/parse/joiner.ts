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
  /** Parts that have come, of which the engine counts each as a line of the log. */
  readonly parts: number;
}

const NEWLINE = 10;
const RETURN = 13;
const LONGEST_STAMP = 36;
/** Text of a part at most. */
const PART_BYTES = 16 * 1024;
/** What a terminal's line is in the stream: its text, and a timestamp in front of each part of it. */
const MAX_STAMPED_BYTES = MAX_LINE_BYTES + LONGEST_STAMP * (MAX_LINE_BYTES / PART_BYTES + 1);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A line whose end has not come yet. */
interface Pending {
  sec: number;
  nanos: number;
  pieces: Uint8Array[];
  size: number;
  /** Bytes that had no room. */
  dropped: number;
}

function extend(line: Pending, bytes: Uint8Array, start: number, end: number, limit: number): void {
  const size = Math.min(limit - line.size, end - start);
  line.dropped += end - start - size;
  if (size <= 0) return;
  // Copied: the memory of a frame is used again.
  line.pieces.push(Uint8Array.prototype.slice.call(bytes, start, start + size));
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
  parts = 0;
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
    this.parts += 1;
    if (open !== undefined && (open.sec !== stamp.sec || open.nanos !== stamp.nanos)) this.finish(stream);
    return stamp.next;
  }

  private grow(stream: StreamNumber, bytes: Uint8Array, start: number, end: number, whole: boolean): void {
    const { sec, nanos } = this.stamp;
    const open = (this.pending[stream] ??= { sec, nanos, pieces: [], size: 0, dropped: 0 });
    extend(open, bytes, start, end, MAX_LINE_BYTES);
    if (whole) this.finish(stream);
  }

  private finish(stream: StreamNumber): void {
    const open = this.pending[stream];
    if (open === undefined) return;
    this.pending[stream] = undefined;
    const bytes = Buffer.concat(open.pieces);
    this.shower.show(stream, open, bytes, 0, bytes.length, open.dropped > 0);
  }
}

/**
 * With a terminal the stream is bare text, cut anywhere; each line ends in CR LF and carries its timestamp, which the engine
 * repeats amid the text of a line of several parts.
 */
class TerminalJoiner implements Joiner {
  private readonly shower: Shower;
  private open: Pending | undefined;
  private ended = 0;
  private readonly stamp: MutableStamp = { sec: 0, nanos: 0, next: 0 };

  constructor(visit: LineVisitor) {
    this.shower = new Shower(visit);
  }

  get parts(): number {
    return this.ended + (this.open === undefined ? 0 : partsIn(this.open.size + this.open.dropped));
  }

  push(_stream: StreamNumber, bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const newline = bytes.indexOf(NEWLINE, at);
      const whole = newline >= 0 && newline < end;
      this.open ??= { sec: 0, nanos: 0, pieces: [], size: 0, dropped: 0 };
      extend(this.open, bytes, at, whole ? newline : end, MAX_STAMPED_BYTES);
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
    const bytes = Buffer.concat(open.pieces);
    const stamped = stampInto(stamp, bytes, 0, bytes.length);
    const texts = stamped ? textsBetween(bytes, stamp.next) : [bytes];
    this.ended += texts.length + partsIn(open.dropped);
    const text = texts.length === 1 ? bytes.subarray(stamped ? stamp.next : 0) : Buffer.concat(texts);
    const cut = open.dropped > 0 || text.length > MAX_LINE_BYTES + 1;
    this.shower.show(
      1,
      stamped ? stamp : open,
      text,
      0,
      cut ? Math.min(text.length, MAX_LINE_BYTES) : text.length,
      cut,
    );
  }
}

/** How many parts so many bytes of a line have come in, or one more. */
function partsIn(bytes: number): number {
  return Math.ceil(bytes / PART_BYTES);
}

/** The texts of the parts of a line, each of which begins with the timestamp that the first `width` bytes are. */
function textsBetween(bytes: Buffer, width: number): Buffer[] {
  const stamp = bytes.subarray(0, width);
  const texts: Buffer[] = [];
  for (let start = width; ; ) {
    const next = bytes.indexOf(stamp, start);
    texts.push(bytes.subarray(start, next < 0 ? bytes.length : next));
    if (next < 0) return texts;
    start = next + width;
  }
}
