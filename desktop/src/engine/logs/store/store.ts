import { logLevels } from '#contract/index.ts';
import { type Row, Slab } from './slab.ts';

/** Who wrote a line. The name may change: compose renames a container while it recreates it. */
export interface Source {
  readonly service: string;
  readonly name: string;
}

/** The place of a line: valid until the store next changes. */
export interface Place {
  readonly seq: number;
  readonly slab: Slab;
  readonly row: number;
}

/** Lines of one project in merged order, bounded by bytes: the oldest slab leaves first. */
export interface LogStore {
  /** Registers who writes; the number goes into each of its rows. */
  addSource(source: Source): number;
  renameSource(index: number, name: string): void;
  source(index: number): Source;
  /** Appends in merged order and gives the lines their seqs. Listeners are told once per call. */
  append(rows: readonly Row[]): void;
  /** Seq of the oldest line held; `lastSeq + 1` where none is. */
  readonly firstSeq: number;
  /** Seq of the newest line ever appended; 0 before the first. */
  readonly lastSeq: number;
  readonly held: number;
  /** Lines held per level code. */
  readonly counts: Readonly<Uint32Array>;
  /** Bytes held, columns included. */
  readonly bytes: number;
  /** Undefined where the line is not held (any more). */
  find(seq: number): Place | undefined;
  onChange(listener: () => void): () => void;
}

/** Stated budget of one project's log store. */
const DEFAULT_STORE_BYTES = 64 * 1024 * 1024;

export function createLogStore(options: { maxBytes?: number } = {}): LogStore {
  return new SlabStore(options.maxBytes ?? DEFAULT_STORE_BYTES);
}

class SlabStore implements LogStore {
  readonly counts = new Uint32Array(logLevels.length);
  lastSeq = 0;
  private readonly slabs: Slab[] = [];
  private readonly sources: Source[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly maxBytes: number;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get firstSeq(): number {
    return this.slabs[0]?.firstSeq ?? this.lastSeq + 1;
  }

  get held(): number {
    return this.lastSeq + 1 - this.firstSeq;
  }

  get bytes(): number {
    return this.slabs.reduce((sum, slab) => sum + slab.cost, 0);
  }

  addSource(source: Source): number {
    return this.sources.push(source) - 1;
  }

  renameSource(index: number, name: string): void {
    this.sources[index] = { ...this.source(index), name };
  }

  source(index: number): Source {
    return this.sources[index] ?? { service: '', name: '' };
  }

  append(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    for (const row of rows) this.add(row);
    for (const listener of this.listeners) listener();
  }

  find(seq: number): Place | undefined {
    if (seq < this.firstSeq || seq > this.lastSeq) return undefined;
    let low = 0;
    let high = this.slabs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.slabs[middle]?.firstSeq ?? 0) <= seq) low = middle;
      else high = middle - 1;
    }
    const slab = this.slabs[low];
    return slab === undefined ? undefined : { seq, slab, row: seq - slab.firstSeq };
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private add(row: Row): void {
    const open = this.slabs.at(-1);
    if (open?.fits(row.bytes.length) === true) {
      const before = open.cost;
      open.append(row);
      if (open.cost > before) this.evict();
    } else {
      const slab = new Slab(this.lastSeq + 1, row.bytes.length);
      slab.append(row);
      this.slabs.push(slab);
      this.evict();
    }
    this.lastSeq += 1;
    this.counts[row.level] = (this.counts[row.level] ?? 0) + 1;
  }

  /** The slab being written always stays, also where it alone is over the budget. */
  private evict(): void {
    while (this.slabs.length > 1 && this.bytes > this.maxBytes) {
      const oldest = this.slabs.shift();
      if (oldest === undefined) return;
      for (let row = 0; row < oldest.rows; row += 1) {
        const level = oldest.level(row);
        this.counts[level] = (this.counts[level] ?? 0) - 1;
      }
    }
  }
}
