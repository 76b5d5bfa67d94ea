/** What is known of each line besides its bytes: 20 bytes a line, in memory that threads can share. */
export interface Columns {
  /** Index behind the line's last byte; a newline stands there. */
  readonly end: Uint32Array;
  /** Seconds since the epoch, and nanoseconds. */
  readonly sec: Uint32Array;
  readonly nanos: Uint32Array;
  /** Hash of the correlation id; 0 where there is none. Filled after the line has come. */
  readonly idHash: Uint32Array;
  readonly source: Uint16Array;
  /** Level in the low four bits, stream in the high four. */
  readonly kind: Uint8Array;
  readonly flags: Uint8Array;
}

export const BYTES_PER_ROW = 20;

/** Columns for so many lines, at the beginning of `memory`, which has `BYTES_PER_ROW` bytes for each. */
export function columnsIn(memory: SharedArrayBuffer, capacity: number): Columns {
  return {
    end: new Uint32Array(memory, 0, capacity),
    sec: new Uint32Array(memory, capacity * 4, capacity),
    nanos: new Uint32Array(memory, capacity * 8, capacity),
    idHash: new Uint32Array(memory, capacity * 12, capacity),
    source: new Uint16Array(memory, capacity * 16, capacity),
    kind: new Uint8Array(memory, capacity * 18, capacity),
    flags: new Uint8Array(memory, capacity * 19, capacity),
  };
}

/** Copies the first `rows` lines. */
export function copyColumns(from: Columns, to: Columns, rows: number): void {
  to.end.set(from.end.subarray(0, rows));
  to.sec.set(from.sec.subarray(0, rows));
  to.nanos.set(from.nanos.subarray(0, rows));
  to.idHash.set(from.idHash.subarray(0, rows));
  to.source.set(from.source.subarray(0, rows));
  to.kind.set(from.kind.subarray(0, rows));
  to.flags.set(from.flags.subarray(0, rows));
}
