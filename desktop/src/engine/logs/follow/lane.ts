import type { Line } from '../parse/joiner.ts';
import type { EngineTime } from '../parse/timestamp.ts';
import type { Facts } from '../store/slab.ts';
import type { LogStore } from '../store/store.ts';

const FIRST_BYTES = 16 * 1024;
const FIRST_ROWS = 64;
/** Fields of a waiting line: end, sec, nanos, key sec, key nanos, level, flags, stream. */
const FIELDS = 8;

/** A line that has not been stored yet. */
export interface Waiting {
  readonly line: Line;
  readonly facts: Facts;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Lines of one container, in their own order, that wait for earlier lines of others. Their keys never go back, also where
 * the engine's clock does: a clock set back must not turn lines round.
 */
export class Lane {
  /** Position of the next line to leave. */
  private head = 0;
  private rows = 0;
  private used = 0;
  private buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private fields = new Uint32Array(FIRST_ROWS * FIELDS);
  private arrived = new Float64Array(FIRST_ROWS);
  private readonly newest = { sec: 0, nanos: 0 };
  /** The line that leaves, filled anew for each. */
  private readonly line: Mutable<Line>;
  private readonly facts: Mutable<Facts>;

  constructor(source: number) {
    this.line = { stream: 1, bytes: this.buffer, start: 0, end: 0, sec: 0, nanos: 0, cut: false };
    this.facts = { source, stream: 1, level: 0, flags: 0 };
  }

  get source(): number {
    return this.facts.source;
  }

  get waiting(): number {
    return this.rows - this.head;
  }

  get bytes(): number {
    return this.used;
  }

  /** `at`: its place in the order of time, where that is not its own time. */
  push(line: Line, facts: Facts, arrived: number, at: EngineTime = line): void {
    const size = line.end - line.start;
    this.makeRoom(size);
    this.buffer.set(line.bytes.subarray(line.start, line.end), this.used);
    this.used += size;
    const { newest, fields } = this;
    if (at.sec > newest.sec || (at.sec === newest.sec && at.nanos > newest.nanos)) {
      newest.sec = at.sec;
      newest.nanos = at.nanos;
    }
    const field = this.rows * FIELDS;
    fields[field] = this.used;
    fields[field + 1] = line.sec;
    fields[field + 2] = line.nanos;
    fields[field + 3] = newest.sec;
    fields[field + 4] = newest.nanos;
    fields[field + 5] = facts.level;
    fields[field + 6] = facts.flags;
    fields[field + 7] = facts.stream;
    this.arrived[this.rows] = arrived;
    this.rows += 1;
  }

  /** Key of the next line to leave. */
  keySec(): number {
    return this.fields[this.head * FIELDS + 3] ?? 0;
  }

  keyNanos(): number {
    return this.fields[this.head * FIELDS + 4] ?? 0;
  }

  /** Key of the newest line that arrived until `moment`; undefined where none of those waiting did. */
  keyUntil(moment: number): EngineTime | undefined {
    let row = this.rows - 1;
    while (row >= this.head && (this.arrived[row] ?? 0) > moment) row -= 1;
    if (row < this.head) return undefined;
    return { sec: this.fields[row * FIELDS + 3] ?? 0, nanos: this.fields[row * FIELDS + 4] ?? 0 };
  }

  /** Lets the next line go on into `store`. */
  shift(store: Pick<LogStore, 'add'>): void {
    const { line, facts } = this;
    this.fill(line, facts, this.head);
    this.head += 1;
    store.add(line, facts);
  }

  /** The waiting line that is the `back`th before the newest; its bytes are good until the lane changes. */
  fromEnd(back: number): Waiting {
    const line = { ...this.line };
    const facts = { ...this.facts };
    this.fill(line, facts, this.rows - 1 - back);
    return { line, facts };
  }

  /** Key of the same line. */
  keyFromEnd(back: number): EngineTime {
    const at = (this.rows - 1 - back) * FIELDS;
    return { sec: this.fields[at + 3] ?? 0, nanos: this.fields[at + 4] ?? 0 };
  }

  /** Moves what still waits to the front. */
  compact(): void {
    if (this.head === 0) return;
    const start = this.fields[(this.head - 1) * FIELDS] ?? 0;
    this.buffer.copyWithin(0, start, this.used);
    this.fields.copyWithin(0, this.head * FIELDS, this.rows * FIELDS);
    this.arrived.copyWithin(0, this.head, this.rows);
    this.rows -= this.head;
    this.used -= start;
    this.head = 0;
    for (let row = 0; row < this.rows; row += 1) this.fields[row * FIELDS] = (this.fields[row * FIELDS] ?? 0) - start;
  }

  private fill(line: Mutable<Line>, facts: Mutable<Facts>, row: number): void {
    const { fields } = this;
    const at = row * FIELDS;
    line.bytes = this.buffer;
    line.start = row === 0 ? 0 : (fields[at - FIELDS] ?? 0);
    line.end = fields[at] ?? 0;
    line.sec = fields[at + 1] ?? 0;
    line.nanos = fields[at + 2] ?? 0;
    facts.level = fields[at + 5] ?? 0;
    facts.flags = fields[at + 6] ?? 0;
    facts.stream = fields[at + 7] ?? 0;
  }

  private makeRoom(size: number): void {
    if (this.used + size > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.used + size));
      this.buffer.copy(larger, 0, 0, this.used);
      this.buffer = larger;
    }
    if (this.rows * FIELDS < this.fields.length) return;
    const fields = new Uint32Array(this.fields.length * 2);
    fields.set(this.fields);
    this.fields = fields;
    const arrived = new Float64Array(this.arrived.length * 2);
    arrived.set(this.arrived);
    this.arrived = arrived;
  }
}

/** Order in which the heads of two lanes leave. */
export function byKey(a: Lane, b: Lane): number {
  return a.keySec() - b.keySec() || a.keyNanos() - b.keyNanos() || a.source - b.source;
}

/** Whether the next line of a lane is not later than this. */
export function isUpTo(lane: Lane, { sec, nanos }: EngineTime): boolean {
  return lane.keySec() < sec || (lane.keySec() === sec && lane.keyNanos() <= nanos);
}

/** Keeps `heads` sorted: moves the first to its place after its key has grown. */
export function sink(heads: Lane[]): void {
  for (let at = 0; at + 1 < heads.length; at += 1) {
    const [a, b] = [heads[at], heads[at + 1]];
    if (a === undefined || b === undefined || byKey(a, b) <= 0) return;
    heads[at] = b;
    heads[at + 1] = a;
  }
}
