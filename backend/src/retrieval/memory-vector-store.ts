import type { Vector, VectorMatch, VectorQuery, VectorRecord, VectorStore } from '../chat/ports.ts';
import { accepts } from './filter.ts';

/** All records, laid out for a search: for each dimension, the values of all vectors one after the other. */
interface Layout {
  readonly records: readonly VectorRecord[];
  readonly columns: readonly Float32Array[];
}

function layOut(records: readonly VectorRecord[]): Layout {
  const dimensions = records[0]?.vector.length ?? 0;
  const columns = Array.from({ length: dimensions }, (_, place) =>
    Float32Array.from(records, ({ vector }) => vector[place] ?? 0),
  );
  return { records, columns };
}

function nonZero(vector: Vector): number[] {
  const places: number[] = [];
  for (let place = 0; place < vector.length; place += 1) if (vector[place] !== 0) places.push(place);
  return places;
}

/** The cosine of a vector with each of those laid out; that of a short text is zero in most places. */
function cosines(vector: Vector, columns: readonly Float32Array[], count: number): Float64Array {
  const sums = new Float64Array(count);
  const nothing = new Float32Array(count);
  const places = nonZero(vector);
  const value = (at: number) => vector[places[at] ?? -1] ?? 0;
  const column = (at: number) => columns[places[at] ?? -1] ?? nothing;
  // Four at a time: a sum is fetched and put back a quarter as often.
  for (let at = 0; at < places.length; at += 4) {
    const [a, b, c, d] = [value(at), value(at + 1), value(at + 2), value(at + 3)];
    const [as, bs, cs, ds] = [column(at), column(at + 1), column(at + 2), column(at + 3)];
    for (let index = 0; index < count; index += 1) {
      const more = a * (as[index] ?? 0) + b * (bs[index] ?? 0) + c * (cs[index] ?? 0) + d * (ds[index] ?? 0);
      sums[index] = (sums[index] ?? 0) + more;
    }
  }
  return sums;
}

/** Vectors in memory, searched one by one: exact, and quick enough for thousands. Takes vectors of length 1. */
export class MemoryVectorStore implements VectorStore {
  readonly name = 'vector_store';
  readonly #records = new Map<string, VectorRecord>();
  #layout: Layout | undefined;

  upsert(records: readonly VectorRecord[]): Promise<void> {
    for (const record of records) this.#records.set(record.id, record);
    this.#layout = undefined;
    return Promise.resolve();
  }

  search({ vector, limit, filter, above = -Infinity }: VectorQuery): Promise<readonly VectorMatch[]> {
    this.#layout ??= layOut([...this.#records.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const { records, columns } = this.#layout;
    const scores = cosines(vector, columns, records.length);
    const matches: VectorMatch[] = [];
    for (const [index, { id, facts }] of records.entries()) {
      const score = scores[index] ?? 0;
      if (score > above && accepts(facts, filter)) matches.push({ id, score });
    }
    // They are in the order of their ids already, which sorting keeps for equals.
    return Promise.resolve(matches.sort((a, b) => b.score - a.score).slice(0, limit));
  }

  ping(): Promise<void> {
    return this.#records.size > 0 ? Promise.resolve() : Promise.reject(new Error('the store is empty'));
  }
}
