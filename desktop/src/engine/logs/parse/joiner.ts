import type { LogChunk } from '#engine/docker/index.ts';
import { type EngineTime, readTimestamp } from './timestamp.ts';

/** A line longer than this is kept up to here and marked. */
export const MAX_LINE_BYTES = 1024 * 1024;

export type StreamNumber = 1 | 2 | 3;

/** One whole line: text without timestamp and line end. `bytes` may be a view into the chunk it came in. */
export interface JoinedLine extends EngineTime {
  readonly stream: StreamNumber;
  readonly bytes: Uint8Array;
  /** The line was longer than what is kept of it. */
  readonly cut: boolean;
}

interface Pending extends EngineTime {
  readonly parts: Uint8Array[];
  size: number;
  cut: boolean;
}

export interface Joiner {
  /** Hands over every line that this chunk completes. */
  push(chunk: LogChunk, emit: (line: JoinedLine) => void): void;
  /** What has begun and has no line end yet; the joiner is empty afterwards. */
  take(): JoinedLine[];
}

const NEWLINE = 10;
const RETURN = 13;
const LONGEST_STAMP = 36;

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes;
}

function finish(stream: StreamNumber, line: Pending): JoinedLine {
  const only = line.parts[0];
  const bytes = line.parts.length === 1 && only !== undefined ? only : Buffer.concat(line.parts);
  return { stream, sec: line.sec, nanos: line.nanos, bytes: withoutReturn(bytes), cut: line.cut };
}

function extend(line: Pending, part: Uint8Array): void {
  const room = MAX_LINE_BYTES - line.size;
  if (part.length > room) line.cut = true;
  if (room <= 0 || part.length === 0) return;
  const kept = part.length > room ? part.subarray(0, room) : part;
  line.parts.push(kept);
  line.size += kept.length;
}

/**
 * Joins the parts of the engine's log frames to lines. The engine splits a line at 16 KiB and repeats the timestamp on each
 * part, so a part goes on with the line before it only where the timestamps are equal: some drivers leave out the newline
 * of the last part.
 */
export function createJoiner(tty: boolean): Joiner {
  return tty ? createTerminalJoiner() : createFrameJoiner();
}

function createFrameJoiner(): Joiner {
  const pending = new Map<StreamNumber, Pending>();

  const begin = (stream: StreamNumber, payload: Uint8Array, at: number, emit: (line: JoinedLine) => void): number => {
    const stamp = readTimestamp(payload, at);
    const open = pending.get(stream);
    if (stamp === undefined) {
      // Not a new part: the rest of one whose frame came in pieces, or an engine message, which carries no time.
      if (open === undefined) pending.set(stream, { sec: 0, nanos: 0, parts: [], size: 0, cut: false });
      return at;
    }
    if (open?.sec === stamp.sec && open.nanos === stamp.nanos) return stamp.next;
    if (open !== undefined) emit(finish(stream, open));
    pending.set(stream, { sec: stamp.sec, nanos: stamp.nanos, parts: [], size: 0, cut: false });
    return stamp.next;
  };

  return {
    push({ stream, payload }, emit) {
      let at = 0;
      while (at < payload.length) {
        const textStart = begin(stream, payload, at, emit);
        const newline = payload.indexOf(NEWLINE, textStart);
        const end = newline < 0 ? payload.length : newline;
        const line = pending.get(stream);
        if (line === undefined) return;
        extend(line, payload.subarray(textStart, end));
        if (newline >= 0) {
          pending.delete(stream);
          emit(finish(stream, line));
        }
        at = end + 1;
      }
    },
    take() {
      const lines = [...pending].map(([stream, line]) => finish(stream, line));
      pending.clear();
      return lines;
    },
  };
}

/** With a terminal the stream is bare text, cut anywhere; each line carries its timestamp and ends in CR LF. */
function createTerminalJoiner(): Joiner {
  let parts: Uint8Array[] = [];
  let size = 0;
  let cut = false;

  const complete = (): JoinedLine => {
    const only = parts[0];
    const whole = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    const stamp = readTimestamp(whole, 0);
    const text = stamp === undefined ? whole : whole.subarray(stamp.next);
    const line = {
      stream: 1 as const,
      sec: stamp?.sec ?? 0,
      nanos: stamp?.nanos ?? 0,
      bytes: withoutReturn(text),
      cut,
    };
    parts = [];
    size = 0;
    cut = false;
    return line;
  };
  const keep = (part: Uint8Array): void => {
    const room = MAX_LINE_BYTES + LONGEST_STAMP - size;
    if (part.length > room) cut = true;
    if (room <= 0 || part.length === 0) return;
    parts.push(part.length > room ? part.subarray(0, room) : part);
    size += Math.min(part.length, room);
  };

  return {
    push({ payload }, emit) {
      let at = 0;
      while (at < payload.length) {
        const newline = payload.indexOf(NEWLINE, at);
        keep(payload.subarray(at, newline < 0 ? payload.length : newline));
        if (newline < 0) return;
        emit(complete());
        at = newline + 1;
      }
    },
    take() {
      return size === 0 ? [] : [complete()];
    },
  };
}
