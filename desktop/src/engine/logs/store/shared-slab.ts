import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { BYTES_PER_ROW, type Columns, columnsIn, copyColumns } from './columns.ts';

/** A closed slab as it crosses threads, without a copy: columns for `capacity` lines, then the text or what it was deflated to. */
export interface SharedSlab {
  readonly id: number;
  readonly rows: number;
  readonly capacity: number;
  /** Bytes of text. */
  readonly size: number;
  readonly memory: SharedArrayBuffer;
  readonly sealed: boolean;
}

/** A run of lines as search and readers see them, in any thread. */
export interface Lines {
  readonly rows: number;
  readonly columns: Columns;
  /** All lines, each with a newline behind it. */
  text(): Buffer;
}

/** The text of a slab; inflated where it is sealed. */
export function textOf({ memory, capacity, size, sealed }: SharedSlab): Buffer {
  const at = capacity * BYTES_PER_ROW;
  if (!sealed) return Buffer.from(memory, at, size);
  // In one piece: by default it is put together from pieces of 16 KiB, which takes ten times as long.
  return inflateRawSync(Buffer.from(memory, at), { chunkSize: size + 64 });
}

const quick = { level: 1, chunkSize: 512 * 1024 };

/** The same slab in as little memory as it needs. */
export function sealed(slab: SharedSlab): SharedSlab {
  const packed = deflateRawSync(textOf(slab), quick);
  const memory = new SharedArrayBuffer(slab.rows * BYTES_PER_ROW + packed.length);
  copyColumns(columnsIn(slab.memory, slab.capacity), columnsIn(memory, slab.rows), slab.rows);
  packed.copy(Buffer.from(memory), slab.rows * BYTES_PER_ROW);
  return { ...slab, memory, capacity: slab.rows, sealed: true };
}

export function lineStart({ end }: Columns, row: number): number {
  return row === 0 ? 0 : (end[row - 1] ?? 0) + 1;
}

/** A view of one line's bytes. */
export function lineBytes(lines: Lines, row: number): Buffer {
  return lines.text().subarray(lineStart(lines.columns, row), lines.columns.end[row]);
}

/** The line in which the byte at `offset` lies; its newline counts to it. */
export function rowAt({ columns, rows }: Lines, offset: number): number {
  let low = 0;
  let high = rows - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns.end[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
