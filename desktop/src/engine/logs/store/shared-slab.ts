import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { BYTES_PER_ROW, type Columns, columnsIn, copyColumns } from './columns.ts';
import { PIECES_BYTES, writePieces } from './pieces.ts';

/**
 * A closed slab as it crosses threads, without a copy: columns for `capacity` lines, then the text; where it is sealed, the
 * pieces that the text has and what it was compressed to.
 */
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

/** In one piece: by default it is put together from pieces of 16 KiB, which takes ten times as long. */
const unpackedBytes = (size: number): number => size + 64;

/** The text of a slab; decompressed where it is sealed. */
export function textOf({ memory, capacity, size, sealed }: SharedSlab): Buffer {
  const at = capacity * BYTES_PER_ROW;
  if (!sealed) return Buffer.from(memory, at, size);
  return zstdDecompressSync(Buffer.from(memory, at + PIECES_BYTES), { chunkSize: unpackedBytes(size) });
}

/** Gives back the memory of a text that `textOf` has answered for a sealed slab; nobody may read it any more. */
export function releaseText({ sealed, size }: SharedSlab, text: Buffer): void {
  if (sealed) release(text, unpackedBytes(size));
}

/**
 * Gives back memory that was made for this buffer alone: then it has just so many bytes, as a small one shares a larger one with
 * others. Where it is left to the collection of garbage, that runs every few dozen slabs, which is up to half of a search through many.
 */
function release({ buffer }: Buffer, bytes: number): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes) buffer.transfer(0);
}

// Zstandard: for less memory read in half the time of deflate (ADR 19).
const quick = { chunkSize: 512 * 1024, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** The same slab in as little memory as it needs. */
export function sealed(slab: SharedSlab): SharedSlab {
  const text = textOf(slab);
  const packed = zstdCompressSync(text, quick);
  const at = slab.rows * BYTES_PER_ROW;
  const memory = new SharedArrayBuffer(at + PIECES_BYTES + packed.length);
  copyColumns(columnsIn(slab.memory, slab.capacity), columnsIn(memory, slab.rows), slab.rows);
  writePieces(text, new Uint8Array(memory, at, PIECES_BYTES));
  packed.copy(Buffer.from(memory), at + PIECES_BYTES);
  release(packed, quick.chunkSize);
  return { ...slab, memory, capacity: slab.rows, sealed: true };
}

/** The pieces that the text of a sealed slab has. */
export function piecesOf({ memory, capacity }: SharedSlab): Uint8Array {
  return new Uint8Array(memory, capacity * BYTES_PER_ROW, PIECES_BYTES);
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
