import type { EngineTime } from '../parse/timestamp.ts';

const SLAB_BYTES = 1024 * 1024;
/** A slab of short lines is full by rows before it is full by bytes. */
const MAX_ROWS = 65_535;
const FIRST_ROWS = 1024;
/** end, sec, nanos, id hash (4 bytes each), source (2), stream, level, flags (1 each). */
const BYTES_PER_ROW = 21;

export const FLAG_CUT = 1;

/** One line as it goes into the store. */
export interface Row extends EngineTime {
  readonly bytes: Uint8Array;
  readonly source: number;
  readonly stream: number;
  readonly level: number;
  /** 0 = no correlation id. */
  readonly idHash: number;
  readonly flags: number;
}

interface Columns {
  readonly capacity: number;
  readonly end: Uint32Array;
  readonly sec: Uint32Array;
  readonly nanos: Uint32Array;
  readonly idHash: Uint32Array;
  readonly source: Uint16Array;
  readonly stream: Uint8Array;
  readonly level: Uint8Array;
  readonly flags: Uint8Array;
}

function createColumns(capacity: number, from?: Columns): Columns {
  const columns = {
    capacity,
    end: new Uint32Array(capacity),
    sec: new Uint32Array(capacity),
    nanos: new Uint32Array(capacity),
    idHash: new Uint32Array(capacity),
    source: new Uint16Array(capacity),
    stream: new Uint8Array(capacity),
    level: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
  };
  if (from === undefined) return columns;
  columns.end.set(from.end);
  columns.sec.set(from.sec);
  columns.nanos.set(from.nanos);
  columns.idHash.set(from.idHash);
  columns.source.set(from.source);
  columns.stream.set(from.stream);
  columns.level.set(from.level);
  columns.flags.set(from.flags);
  return columns;
}

/** A block of line bytes with one entry per line in each column. Lines are only ever appended. */
export class Slab {
  /** Seq of row 0. */
  readonly firstSeq: number;
  rows = 0;
  private readonly bytes: Buffer;
  private used = 0;
  private columns: Columns = createColumns(FIRST_ROWS);

  constructor(firstSeq: number, firstLineBytes: number) {
    this.firstSeq = firstSeq;
    this.bytes = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, firstLineBytes));
  }

  /** What this slab costs. */
  get cost(): number {
    return this.bytes.length + this.columns.capacity * BYTES_PER_ROW;
  }

  fits(size: number): boolean {
    return this.rows < MAX_ROWS && this.used + size <= this.bytes.length;
  }

  append(row: Row): void {
    const at = this.rows;
    if (at === this.columns.capacity) this.columns = createColumns(Math.min(at * 2, MAX_ROWS), this.columns);
    this.bytes.set(row.bytes, this.used);
    this.used += row.bytes.length;
    const { end, sec, nanos, idHash, source, stream, level, flags } = this.columns;
    end[at] = this.used;
    sec[at] = row.sec;
    nanos[at] = row.nanos;
    idHash[at] = row.idHash;
    source[at] = row.source;
    stream[at] = row.stream;
    level[at] = row.level;
    flags[at] = row.flags;
    this.rows += 1;
  }

  /** A view of the line's bytes: valid as long as the slab is held. */
  text(row: number): Uint8Array {
    const start = row === 0 ? 0 : (this.columns.end[row - 1] ?? 0);
    return this.bytes.subarray(start, this.columns.end[row]);
  }

  time(row: number): EngineTime {
    return { sec: this.columns.sec[row] ?? 0, nanos: this.columns.nanos[row] ?? 0 };
  }

  source(row: number): number {
    return this.columns.source[row] ?? 0;
  }

  stream(row: number): number {
    return this.columns.stream[row] ?? 0;
  }

  level(row: number): number {
    return this.columns.level[row] ?? 0;
  }

  idHash(row: number): number {
    return this.columns.idHash[row] ?? 0;
  }

  flags(row: number): number {
    return this.columns.flags[row] ?? 0;
  }
}
