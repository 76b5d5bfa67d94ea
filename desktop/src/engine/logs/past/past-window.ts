import { compareTime, type EngineTime } from '../parse/timestamp.ts';
import type { LogStore, Place } from '../store/store.ts';

/** Lines of one container may lie behind later ones of it by some milliseconds; this is plenty. */
export const DISORDER_NANOS = 100_000_000;

/** A moment, so many nanoseconds later. */
export function later({ sec, nanos }: EngineTime, by: number): EngineTime {
  const sum = nanos + by;
  return { sec: sec + Math.floor(sum / 1e9), nanos: sum % 1e9 };
}

export function timeOfRow({ slab: { columns }, row }: Place): EngineTime {
  return { sec: columns.sec[row] ?? 0, nanos: columns.nanos[row] ?? 0 };
}

/** The time of the first line of each source, by its number. */
export function firstTimes(store: LogStore): (EngineTime | undefined)[] {
  const first: (EngineTime | undefined)[] = store.sources.map(() => undefined);
  let missing = first.length;
  for (let seq = store.firstSeq; seq <= store.lastSeq && missing > 0; seq += 1) {
    const place = store.find(seq);
    const source = place?.slab.columns.source[place.row] ?? 0;
    if (place === undefined || first[source] !== undefined) continue;
    first[source] = timeOfRow(place);
    missing -= 1;
  }
  return first;
}

/** Seq of the last line that is not later than a moment; the lines are in the order of time but for a little disorder. */
export function lastUpTo(store: LogStore, moment: EngineTime): number {
  for (let seq = store.lastSeq; seq >= store.firstSeq; seq -= 1) {
    const place = store.find(seq);
    if (place !== undefined && compareTime(timeOfRow(place), moment) <= 0) return seq;
  }
  return store.firstSeq - 1;
}
