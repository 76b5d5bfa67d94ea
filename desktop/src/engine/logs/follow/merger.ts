import { hashBytes } from '../parse/hash.ts';
import type { JoinedLine } from '../parse/joiner.ts';
import { NO_LEVEL } from '../parse/level.ts';
import { scanLine } from '../parse/scan.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';
import { MARKER_STREAM } from '../store/matcher.ts';
import { FLAG_CUT, type Row } from '../store/slab.ts';
import type { LogStore } from '../store/store.ts';

/** Lines wait this long for earlier ones of other containers. */
export const REORDER_MS = 50;
/** With one container there is nothing to wait for: only batches. */
const BATCH_MS = 5;
/** How long the first lines wait for the history of containers that have not answered yet. */
const HISTORY_MS = 300;
const MAX_PENDING_BYTES = 4 * 1024 * 1024;

export interface Merger {
  line(source: number, line: JoinedLine): void;
  marker(source: number, text: string, time: EngineTime): void;
  /** A source whose history is on its way: lines of others wait for it, for a moment. */
  expect(source: number): void;
  /** The history of this source is complete (or will not come). */
  caughtUp(source: number): void;
  /** How many sources write now: more than one need the reorder window. */
  setActive(count: number): void;
  /** Resolves when no history is awaited any more and what came has been stored. */
  settled(): Promise<void>;
  dispose(): void;
}

interface Pending {
  readonly row: Row;
  /** Row time, but never before an earlier line of the same stream: a clock set back must not turn lines round. */
  readonly key: EngineTime;
  readonly arrived: number;
}

export function toRow(source: number, line: JoinedLine): Row {
  const { level, idStart, idEnd } = scanLine(line.bytes);
  const { bytes, sec, nanos, stream } = line;
  const idHash = idStart < 0 ? 0 : hashBytes(bytes, idStart, idEnd);
  return { bytes, sec, nanos, source, stream, level, idHash, flags: line.cut ? FLAG_CUT : 0 };
}

function byKey(a: Pending, b: Pending): number {
  return compareTime(a.key, b.key) || a.row.source - b.row.source;
}

/** Puts the lines of several containers into the order of the engine's clock and hands them to the store in batches. */
export function createMerger(store: LogStore): Merger {
  return new TimeMerger(store);
}

class TimeMerger implements Merger {
  private readonly store: LogStore;
  private pending: Pending[] = [];
  private pendingBytes = 0;
  private active = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly awaited = new Map<number, number>();
  private readonly newest = new Map<number, EngineTime>();
  private readonly waiters: (() => void)[] = [];

  constructor(store: LogStore) {
    this.store = store;
  }

  line(source: number, line: JoinedLine): void {
    this.push(toRow(source, line));
  }

  marker(source: number, text: string, time: EngineTime): void {
    const row = { bytes: Buffer.from(text), source, stream: MARKER_STREAM, level: NO_LEVEL, idHash: 0, flags: 0 };
    this.push({ ...row, sec: time.sec, nanos: time.nanos });
  }

  expect(source: number): void {
    this.awaited.set(source, performance.now() + HISTORY_MS);
    this.schedule();
  }

  caughtUp(source: number): void {
    if (this.awaited.delete(source) && this.awaited.size === 0) this.schedule(0);
  }

  setActive(count: number): void {
    this.active = count;
  }

  settled(): Promise<void> {
    if (this.awaited.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.awaited.clear();
    this.release(this.pending.sort(byKey).length);
    this.wake();
  }

  private push(row: Row): void {
    const lane = row.source * 4 + row.stream;
    const before = this.newest.get(lane);
    const key = before !== undefined && compareTime(row, before) < 0 ? before : { sec: row.sec, nanos: row.nanos };
    this.newest.set(lane, key);
    this.pending.push({ row, key, arrived: performance.now() });
    this.pendingBytes += row.bytes.length;
    if (this.pendingBytes > MAX_PENDING_BYTES) this.release(this.pending.sort(byKey).length);
    else this.schedule();
  }

  private schedule(ms = this.active > 1 ? REORDER_MS / 2 : BATCH_MS): void {
    if (ms === 0) clearTimeout(this.timer);
    else if (this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.tick();
    }, ms);
  }

  private tick(): void {
    const now = performance.now();
    for (const [source, until] of this.awaited) if (until <= now) this.awaited.delete(source);
    if (this.awaited.size === 0) this.releaseAged(now - (this.active > 1 ? REORDER_MS : 0));
    if (this.awaited.size === 0) this.wake();
    if (this.pending.length > 0 || this.awaited.size > 0) this.schedule();
  }

  /** Releases what has waited long enough, and what is earlier than that. */
  private releaseAged(arrivedBefore: number): void {
    let watermark: EngineTime | undefined;
    for (const { key, arrived } of this.pending) {
      if (arrived <= arrivedBefore && (watermark === undefined || compareTime(key, watermark) > 0)) watermark = key;
    }
    if (watermark === undefined) return;
    const limit = watermark;
    this.pending.sort(byKey);
    const keep = this.pending.findIndex(({ key }) => compareTime(key, limit) > 0);
    this.release(keep < 0 ? this.pending.length : keep);
  }

  private release(count: number): void {
    const rows = this.pending.slice(0, count).map(({ row }) => row);
    this.pending = this.pending.slice(count);
    this.pendingBytes = this.pending.reduce((sum, { row }) => sum + row.bytes.length, 0);
    this.store.append(rows);
  }

  private wake(): void {
    for (const resolve of this.waiters.splice(0)) resolve();
  }
}
