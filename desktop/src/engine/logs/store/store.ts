import { logLevels } from '#contract/index.ts';
import type { Line } from '../parse/joiner.ts';
import type { EngineTime } from '../parse/timestamp.ts';
import type { SharedSlab } from './shared-slab.ts';
import { type Facts, SLAB_MEMORY, Slab, slabMemory } from './slab.ts';
import type { Source } from './source.ts';

/** The place of a line: valid until the store next changes. */
export interface Place {
  readonly seq: number;
  readonly slab: Slab;
  readonly row: number;
}

/** Other threads that work on closed slabs. */
export interface SlabWorkers {
  /** Fills the column of id hashes, in the memory of the slab itself. */
  index(slab: SharedSlab): Promise<void>;
  /** The same slab in less memory. */
  seal(slab: SharedSlab): Promise<SharedSlab>;
  /** Resolves when no thread looks at anything any more that it was given until now. */
  settled(): Promise<void>;
}

/** Lines of one project in merged order, bounded by bytes: the oldest slab leaves first. */
export interface LogStore {
  /** Registers who writes; the number goes into each of its rows. */
  addSource(source: Source): number;
  renameSource(index: number, name: string): void;
  source(index: number): Source;
  readonly sources: readonly Source[];
  /** Appends a line in merged order and gives it the next seq. Call `notify` when a batch of them is complete. */
  add(line: Line, facts: Facts): void;
  notify(): void;
  /** Seq of the oldest line held; `lastSeq + 1` where none is. */
  readonly firstSeq: number;
  /** Seq of the newest line ever appended; 0 before the first. */
  readonly lastSeq: number;
  readonly held: number;
  /** Lines held per level code. */
  readonly counts: Readonly<Uint32Array>;
  /** Bytes held, columns included. */
  readonly bytes: number;
  /** The newest time among the lines that have left; a flood is not in the order of time, so it may lie behind that of lines held. */
  readonly leftUntil: EngineTime | undefined;
  /** Oldest first; the last one is still written to. */
  readonly slabs: readonly Slab[];
  /** Undefined where the line is not held (any more). */
  find(seq: number): Place | undefined;
  /** The slab that holds a line, without making its text ready. */
  slabAt(seq: number): Slab | undefined;
  onChange(listener: () => void): () => void;
}

/** Stated budget of one project's log store. */
const DEFAULT_STORE_BYTES = 256 * 1024 * 1024;
/** Closed slabs that stay as they are, for quick reading. */
const HOT_SLABS = 8;
/** Sealed slabs whose text is kept decompressed for readers. */
const UNPACKED_SLABS = 8;
/** Memory that is kept for the next slabs: touching new memory costs more than all other work on a line. */
const SPARE_SLABS = 16;

export interface LogStoreOptions {
  readonly maxBytes?: number | undefined;
  /** Without them, nothing is sealed. */
  readonly workers?: SlabWorkers | undefined;
}

export function createLogStore(options: LogStoreOptions = {}): LogStore {
  return new SlabStore(options);
}

class SlabStore implements LogStore {
  readonly counts = new Uint32Array(logLevels.length);
  readonly slabs: Slab[] = [];
  readonly sources: Source[] = [];
  lastSeq = 0;
  bytes = 0;
  leftUntil: EngineTime | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly unpacked = new Set<Slab>();
  private readonly maxBytes: number;
  private readonly workers: SlabWorkers | undefined;
  private readonly spare: SharedArrayBuffer[] = [];
  private readonly indexing = new WeakMap<Slab, Promise<void>>();
  /** Seq of the first slab that has not been given to the workers to be sealed. */
  private unsealedFrom = 0;

  constructor({ maxBytes = DEFAULT_STORE_BYTES, workers }: LogStoreOptions) {
    this.maxBytes = maxBytes;
    this.workers = workers;
  }

  get firstSeq(): number {
    return this.slabs[0]?.firstSeq ?? this.lastSeq + 1;
  }

  get held(): number {
    return this.lastSeq + 1 - this.firstSeq;
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

  add(line: Line, facts: Facts): void {
    const size = line.end - line.start;
    const open = this.slabs.at(-1);
    const slab = open?.fits(size) === true ? open : this.openSlab(size);
    slab.append(line, facts);
    this.lastSeq += 1;
    this.counts[facts.level] = (this.counts[facts.level] ?? 0) + 1;
  }

  notify(): void {
    for (const listener of this.listeners) listener();
  }

  find(seq: number): Place | undefined {
    const slab = this.slabAt(seq);
    if (slab === undefined) return undefined;
    if (slab.sealed) this.keepUnpacked(slab);
    return { seq, slab, row: seq - slab.firstSeq };
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  slabAt(seq: number): Slab | undefined {
    if (seq < this.firstSeq || seq > this.lastSeq) return undefined;
    let low = 0;
    let high = this.slabs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.slabs[middle]?.firstSeq ?? 0) <= seq) low = middle;
      else high = middle - 1;
    }
    return this.slabs[low];
  }

  private openSlab(size: number): Slab {
    this.index();
    this.sealOldest();
    const slab = new Slab(
      this.lastSeq + 1,
      (size < SLAB_MEMORY / 2 ? this.spare.pop() : undefined) ?? slabMemory(size),
    );
    this.slabs.push(slab);
    this.bytes += slab.cost;
    // The slab being written always stays, also where it alone is over the budget.
    while (this.bytes > this.maxBytes && this.slabs.length > 1) this.evictOldest();
    return slab;
  }

  private evictOldest(): void {
    const oldest = this.slabs.shift();
    if (oldest === undefined) return;
    this.bytes -= oldest.cost;
    this.unpacked.delete(oldest);
    for (let row = 0; row < oldest.rows; row += 1) {
      const level = oldest.level(row);
      this.counts[level] = (this.counts[level] ?? 0) - 1;
    }
    this.noteLeft(oldest);
    const { memory } = oldest.shared();
    this.keepSpare(memory);
  }

  private noteLeft({ columns, rows }: Slab): void {
    let { sec, nanos } = this.leftUntil ?? { sec: 0, nanos: 0 };
    for (let row = 0; row < rows; row += 1) {
      const second = columns.sec[row] ?? 0;
      const part = columns.nanos[row] ?? 0;
      if (second < sec || (second === sec && part <= nanos)) continue;
      sec = second;
      nanos = part;
    }
    this.leftUntil = { sec, nanos };
  }

  private keepSpare(memory: SharedArrayBuffer): void {
    if (memory.byteLength !== SLAB_MEMORY || this.spare.length >= SPARE_SLABS) return;
    if (this.workers === undefined) this.spare.push(memory);
    else void this.workers.settled().then(() => this.spare.push(memory));
  }

  private index(): void {
    const closed = this.slabs.at(-1);
    if (closed === undefined || this.workers === undefined) return;
    const indexed = this.workers.index(closed.shared()).then(
      () => {
        closed.idsAreIndexed();
      },
      // Then it is done when it is needed.
      () => undefined,
    );
    this.indexing.set(closed, indexed);
  }

  private sealOldest(): void {
    if (this.workers === undefined) return;
    for (let at = this.slabs.length - 1 - HOT_SLABS; at >= 0; at -= 1) {
      const slab = this.slabs[at];
      if (slab === undefined || slab.firstSeq < this.unsealedFrom) break;
      this.unsealedFrom = slab.firstSeq + slab.rows;
      void this.seal(slab, this.workers);
    }
  }

  private async seal(slab: Slab, workers: SlabWorkers): Promise<void> {
    try {
      // What is sealed is a copy: its columns have to be complete.
      await this.indexing.get(slab);
      slab.ensureIds();
      const packed = await workers.seal(slab.shared());
      // Meanwhile it may have left.
      if (this.slabAt(slab.firstSeq) !== slab) return;
      this.bytes += packed.memory.byteLength - slab.cost;
      this.keepSpare(slab.replace(packed));
    } catch {
      // It stays as it is: larger, but whole.
    }
  }

  private keepUnpacked(slab: Slab): void {
    this.unpacked.delete(slab);
    this.unpacked.add(slab);
    if (this.unpacked.size <= UNPACKED_SLABS) return;
    const [oldest] = this.unpacked;
    if (oldest === undefined) return;
    this.unpacked.delete(oldest);
    oldest.forget();
  }
}
