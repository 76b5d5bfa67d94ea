import type { Line } from '../parse/joiner.ts';
import { BYTES_PER_ROW, type Columns, columnsIn } from './columns.ts';
import { indexIds } from './index-ids.ts';
import { mayHold } from './pieces.ts';
import { type Lines, lineBytes, piecesOf, type SharedSlab, textOf } from './shared-slab.ts';

const TEXT_BYTES = 1024 * 1024;
const CAPACITY = 16_384;
const NEWLINE = 10;

/** Size of the memory of an ordinary slab. */
export const SLAB_MEMORY = TEXT_BYTES + CAPACITY * BYTES_PER_ROW;

export const FLAG_CUT = 1;

/** What the columns hold of a line besides its time. */
export interface Facts {
  readonly source: number;
  /** 0 = a marker of Quayside's own. */
  readonly stream: number;
  readonly level: number;
  readonly flags: number;
}

/** Memory for a slab whose first line has so many bytes. */
export function slabMemory(firstLineBytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(Math.max(SLAB_MEMORY, CAPACITY * BYTES_PER_ROW + firstLineBytes + 1));
}

/** A block of lines with one entry per line in each column. Lines are only ever appended; once closed it never changes. */
export class Slab implements Lines {
  /** Seq of row 0; also what this slab is known by. */
  readonly firstSeq: number;
  rows = 0;
  columns: Columns;
  private shape: SharedSlab;
  private buffer: Buffer | undefined;
  private used = 0;
  /** Lines whose id hash is in its column. */
  private indexed = 0;

  constructor(firstSeq: number, memory: SharedArrayBuffer) {
    this.firstSeq = firstSeq;
    this.columns = columnsIn(memory, CAPACITY);
    this.buffer = Buffer.from(memory, CAPACITY * BYTES_PER_ROW);
    this.shape = { id: firstSeq, rows: 0, capacity: CAPACITY, size: this.buffer.length, memory, sealed: false };
  }

  /** Bytes of memory that this slab takes. */
  get cost(): number {
    return this.shape.memory.byteLength;
  }

  get sealed(): boolean {
    return this.shape.sealed;
  }

  fits(size: number): boolean {
    return this.rows < CAPACITY && this.buffer !== undefined && this.used + size < this.buffer.length;
  }

  append({ bytes, start, end, sec, nanos }: Line, facts: Facts): void {
    const { columns, buffer, rows: at } = this;
    if (buffer === undefined) return;
    if (bytes instanceof Buffer) bytes.copy(buffer, this.used, start, end);
    else buffer.set(bytes.subarray(start, end), this.used);
    this.used += end - start;
    buffer[this.used] = NEWLINE;
    columns.end[at] = this.used;
    this.used += 1;
    columns.sec[at] = sec;
    columns.nanos[at] = nanos;
    columns.source[at] = facts.source;
    columns.kind[at] = facts.level | (facts.stream << 4);
    columns.flags[at] = facts.flags;
    this.rows += 1;
  }

  /** Fills the column of id hashes as far as there are lines; where a worker has done so, there is nothing left to do. */
  ensureIds(): void {
    if (this.indexed === this.rows) return;
    indexIds(this, this.indexed);
    this.indexed = this.rows;
  }

  /** Whether a line may carry the id of this hash. */
  hasId(hash: number): boolean {
    this.ensureIds();
    return this.columns.idHash.subarray(0, this.rows).includes(hash);
  }

  /** False where no line of a sealed slab has all the words that these slots are of. */
  mayHold(slots: readonly number[]): boolean {
    return slots.length === 0 || !this.sealed || mayHold(piecesOf(this.shape), slots);
  }

  /** A worker has filled the column of the closed slab. */
  idsAreIndexed(): void {
    this.indexed = this.rows;
  }

  /** What other threads need of it. Lines that are appended later are not in it. */
  shared(): SharedSlab {
    return { ...this.shape, rows: this.rows, size: this.sealed ? this.shape.size : this.used };
  }

  /** Keeps the same lines in less memory; answers the memory that is no longer used. */
  replace(packed: SharedSlab): SharedArrayBuffer {
    const { memory } = this.shape;
    this.shape = packed;
    this.columns = columnsIn(packed.memory, packed.capacity);
    this.buffer = undefined;
    return memory;
  }

  /** Lets go of the decompressed text of a sealed slab. */
  forget(): void {
    if (this.sealed) this.buffer = undefined;
  }

  text(): Buffer {
    this.buffer ??= textOf(this.shape);
    return this.buffer;
  }

  bytes(row: number): Buffer {
    return lineBytes(this, row);
  }

  level(row: number): number {
    return (this.columns.kind[row] ?? 0) & 15;
  }

  stream(row: number): number {
    return (this.columns.kind[row] ?? 0) >> 4;
  }
}
