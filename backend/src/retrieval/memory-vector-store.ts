import type { Vector, VectorMatch, VectorQuery, VectorRecord, VectorStore } from '../chat/ports.ts';
import { accepts } from './filter.ts';

/** The cosine of two vectors of length 1, given the places where the first one is not zero. */
function cosine(query: Vector, places: readonly number[], vector: Vector): number {
  let sum = 0;
  for (const place of places) sum += (query[place] ?? 0) * (vector[place] ?? 0);
  return sum;
}

function nonZero(vector: Vector): number[] {
  const places: number[] = [];
  for (let place = 0; place < vector.length; place += 1) if (vector[place] !== 0) places.push(place);
  return places;
}

/** Vectors in memory, searched one by one: exact, and quick enough for thousands. Takes vectors of length 1. */
export class MemoryVectorStore implements VectorStore {
  readonly name = 'vector_store';
  readonly #records = new Map<string, VectorRecord>();

  upsert(records: readonly VectorRecord[]): Promise<void> {
    for (const record of records) this.#records.set(record.id, record);
    return Promise.resolve();
  }

  search({ vector, limit, filter }: VectorQuery): Promise<readonly VectorMatch[]> {
    const places = nonZero(vector);
    const matches = [...this.#records.values()]
      .filter(({ facts }) => accepts(facts, filter))
      .map((record) => ({ id: record.id, score: cosine(vector, places, record.vector) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return Promise.resolve(matches.slice(0, limit));
  }

  ping(): Promise<void> {
    return this.#records.size > 0 ? Promise.resolve() : Promise.reject(new Error('the store is empty'));
  }
}
