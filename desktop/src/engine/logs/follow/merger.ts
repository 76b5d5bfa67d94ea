import { factsOf } from '../parse/facts.ts';
import type { Line } from '../parse/joiner.ts';
import { NO_LEVEL } from '../parse/level.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';
import type { Facts } from '../store/slab.ts';
import type { LogStore } from '../store/store.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import { byKey, isUpTo, Lane, sink, type Waiting } from './lane.ts';
import { newestWaiting } from './newest-waiting.ts';

/** Lines wait this long for earlier ones of other containers. */
export const REORDER_MS = 50;
/** With one container there is nothing to wait for: only batches. */
const BATCH_MS = 5;
/** How long the first lines wait for the history of containers that have not answered yet. */
const HISTORY_MS = 300;
const MAX_PENDING_BYTES = 4 * 1024 * 1024;
/** The two streams of a container are stamped side by side, and written down a moment later. */
const SLACK_NANOS = 2_000_000;
const NANOS = 1_000_000_000;

/** Lines that wait to be put into the order of time, for who would rather see them at once. */
export interface LinesAhead {
  /** Another number whenever a line has begun to wait. */
  readonly mark: number;
  readonly waiting: number;
  /** The newest of them in the order they have now; none while a history is awaited. Good until the next line comes. */
  newest(limit: number): Waiting[];
  /** Calls back when lines have begun to wait. */
  onArrival(listener: () => void): () => void;
}

export interface Merger extends LinesAhead {
  line(source: number, line: Line): void;
  marker(source: number, text: string, time: EngineTime): void;
  /** What was read at once has been handed over: readers need not wait for the end of a batch. */
  batch(): void;
  /** A source whose history is on its way: lines of others wait for it, for a moment. */
  expect(source: number): void;
  /** The history of this source is complete (or will not come). */
  caughtUp(source: number): void;
  /** The sources that may still write: more than one need the reorder window. */
  setActive(sources: Iterable<number>): void;
  /** Resolves when no history is awaited any more and what came has been stored. */
  settled(): Promise<void>;
  dispose(): void;
}

const LANES_PER_SOURCE = 4;
const everything: EngineTime = { sec: Number.POSITIVE_INFINITY, nanos: 0 };

/** Puts the lines of several containers into the order of the engine's clock and hands them to the store in batches. */
export function createMerger(store: LogStore): Merger {
  return new TimeMerger(store);
}

class TimeMerger implements Merger {
  private readonly store: LogStore;
  /** By source and stream; made when the first line of one has to wait. */
  private readonly lanes = new Map<number, Lane>();
  private pending = 0;
  private arrivals = 0;
  private readonly listeners = new Set<() => void>();
  private pendingBytes = 0;
  private untold = false;
  private toldAt = 0;
  private active: readonly number[] = [];
  /** Time of the newest line of each source. */
  private readonly reached: { sec: number; nanos: number }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly awaited = new Map<number, number>();
  private readonly waiters: (() => void)[] = [];

  constructor(store: LogStore) {
    this.store = store;
  }

  get mark(): number {
    return this.arrivals;
  }

  get waiting(): number {
    return this.awaited.size === 0 ? this.pending : 0;
  }

  newest(limit: number): Waiting[] {
    return this.awaited.size === 0 ? newestWaiting(this.lanes.values(), limit) : [];
  }

  onArrival(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  line(source: number, line: Line): void {
    const newest = (this.reached[source] ??= { sec: 0, nanos: 0 });
    if (line.sec > newest.sec || (line.sec === newest.sec && line.nanos > newest.nanos)) {
      newest.sec = line.sec;
      newest.nanos = line.nanos;
    }
    this.take(line, factsOf(source, line));
  }

  marker(source: number, text: string, { sec, nanos }: EngineTime): void {
    const bytes = Buffer.from(text.replaceAll('\n', ' '));
    const line: Line = { stream: 1, bytes, start: 0, end: bytes.length, sec, nanos, cut: false };
    this.take(line, { source, stream: MARKER_STREAM, level: NO_LEVEL, flags: 0 });
  }

  batch(): void {
    if (this.pending > 0) for (const listener of this.listeners) listener();
    if (performance.now() - this.toldAt < BATCH_MS) return;
    this.releasePassed();
    if (!this.untold) return;
    this.tell();
    if (this.pending > 0 || this.awaited.size > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  expect(source: number): void {
    this.awaited.set(source, performance.now() + HISTORY_MS);
    this.schedule();
  }

  caughtUp(source: number): void {
    if (this.awaited.delete(source) && this.awaited.size === 0) this.schedule(0);
  }

  setActive(sources: Iterable<number>): void {
    this.active = [...sources];
  }

  settled(): Promise<void> {
    if (this.awaited.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.awaited.clear();
    this.release(everything);
    this.tell();
    this.wake();
  }

  private take(line: Line, facts: Facts): void {
    if (this.pending === 0 && this.active.length <= 1 && this.awaited.size === 0) {
      this.store.add(line, facts);
      this.untold = true;
    } else {
      this.lane(facts).push(line, facts, performance.now());
      this.pending += 1;
      this.arrivals += 1;
      this.pendingBytes += line.end - line.start;
      if (this.pendingBytes > MAX_PENDING_BYTES) this.release(everything);
    }
    if (this.timer === undefined) this.schedule();
  }

  private lane({ source, stream }: Facts): Lane {
    const place = source * LANES_PER_SOURCE + stream;
    const known = this.lanes.get(place);
    if (known !== undefined) return known;
    const lane = new Lane(source);
    this.lanes.set(place, lane);
    return lane;
  }

  private schedule(ms = this.active.length > 1 ? REORDER_MS / 2 : BATCH_MS): void {
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
    if (this.awaited.size === 0) this.releaseAged(now - (this.active.length > 1 ? REORDER_MS : 0));
    this.tell();
    if (this.awaited.size === 0) this.wake();
    if (this.pending > 0 || this.awaited.size > 0) this.schedule();
  }

  private tell(): void {
    if (!this.untold) return;
    this.untold = false;
    this.toldAt = performance.now();
    this.store.notify();
  }

  /** Releases what every source that writes has passed: nothing earlier can come, so that it need not wait any longer. */
  private releasePassed(): void {
    if (this.pending === 0 || this.awaited.size > 0) return;
    let low: EngineTime = everything;
    for (const source of this.active) {
      const newest = this.reached[source];
      if (newest === undefined) return;
      if (compareTime(newest, low) < 0) low = newest;
    }
    const { sec, nanos } = low;
    this.release(
      nanos >= SLACK_NANOS ? { sec, nanos: nanos - SLACK_NANOS } : { sec: sec - 1, nanos: nanos + NANOS - SLACK_NANOS },
    );
  }

  /** Releases what has waited long enough, and what is earlier than that. */
  private releaseAged(arrivedBefore: number): void {
    let watermark: EngineTime | undefined;
    for (const lane of this.lanes.values()) {
      const key = lane.keyUntil(arrivedBefore);
      if (key !== undefined && (watermark === undefined || compareTime(key, watermark) > 0)) watermark = key;
    }
    if (watermark !== undefined) this.release(watermark);
  }

  /** Moves every waiting line up to `limit` into the store, in the order of their keys. */
  private release(limit: EngineTime): void {
    const heads = [...this.lanes.values()].filter(({ waiting }) => waiting > 0).sort(byKey);
    const touched = [...heads];
    for (let first = heads[0]; first !== undefined && isUpTo(first, limit); first = heads[0]) {
      first.shift(this.store);
      this.pending -= 1;
      this.untold = true;
      if (first.waiting > 0) sink(heads);
      else heads.shift();
    }
    for (const lane of touched) lane.compact();
    this.pendingBytes = touched.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private wake(): void {
    for (const resolve of this.waiters.splice(0)) resolve();
  }
}
