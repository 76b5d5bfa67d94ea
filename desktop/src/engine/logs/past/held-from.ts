import { setImmediate as breath } from 'node:timers/promises';
import type { HeldFrom } from '../follow/read-end.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';
import type { LogStore } from '../store/store.ts';
import { DISORDER_NANOS, later, timeOfRow } from './past-window.ts';

/** Rows that are looked at in one go. */
const ROWS = 20_000;

/** Where the lines held of a container begin; told of line after line. */
class Begin {
  readonly #firsts: { stream: 1 | 2; sec: number; nanos: number; count: number }[] = [];
  #enough: EngineTime | undefined;

  /** False where it is known. */
  learn(stream: number, time: EngineTime): boolean {
    if (stream !== 1 && stream !== 2) return true;
    const first = this.#firsts.find((one) => one.stream === stream);
    if (first === undefined) this.#firsts.push({ stream, ...time, count: 1 });
    else if (compareTime(first, time) === 0) first.count += 1;
    // Of a stream that begins later than this no line is taken for an older one.
    this.#enough ??= later(time, 2 * DISORDER_NANOS);
    return compareTime(time, this.#enough) <= 0;
  }

  get held(): HeldFrom | undefined {
    const [first] = this.#firsts.toSorted(compareTime);
    if (first === undefined) return undefined;
    const ofStream = (stream: number) => this.#firsts.find((one) => one.stream === stream);
    return { stream: first.stream, sec: first.sec, nanos: first.nanos, firsts: [undefined, ofStream(1), ofStream(2)] };
  }
}

/** Of each of the sources, where a line of it is held. */
export async function beginsOf(store: LogStore, sources: readonly number[]): Promise<(HeldFrom | undefined)[]> {
  const begins = new Map(sources.map((source) => [source, new Begin()]));
  const open = new Map(begins);
  for (let seq = store.firstSeq; seq <= store.lastSeq && open.size > 0; seq += 1) {
    if (seq % ROWS === 0) await breath();
    const place = store.find(seq);
    if (place === undefined) continue;
    const source = place.slab.columns.source[place.row] ?? -1;
    const more = open.get(source)?.learn(place.slab.stream(place.row), timeOfRow(place)) ?? true;
    if (!more) open.delete(source);
  }
  return sources.map((source) => begins.get(source)?.held);
}
