import type { Entry } from '../catalogue/passages.ts';
import type { Facts, SearchFilter, VectorMatch } from '../chat/ports.ts';
import { accepts } from './filter.ts';
import { stopWords } from './stop-words.ts';
import { dimensions, type WordVectors } from './word-vectors.ts';
import { sentences, words } from './words.ts';

interface Meant {
  readonly id: string;
  readonly facts: Facts;
  readonly whole: Float32Array;
  /** Of each thing that is said of it, one after the other. */
  readonly parts: Float32Array;
}

/** Among how many of the passages that are nearest as a whole the one that says it is looked for. */
const looksAt = 80;

const telling = (text: string) => words(text).filter((word) => !stopWords.has(word));
const byScore = (a: VectorMatch, b: VectorMatch) => b.score - a.score || (a.id < b.id ? -1 : 1);

/** Finds passages by what is meant, in whatever words; knows only words that most people know. */
export class MeaningIndex {
  readonly #vectors: WordVectors;
  readonly #entries: readonly Entry[];
  #known: ReadonlyMap<string, Meant> | undefined;

  constructor(entries: readonly Entry[], vectors: WordVectors) {
    this.#entries = entries;
    this.#vectors = vectors;
  }

  /** Does now what the first search would have to wait for. */
  prepare(): void {
    this.#known ??= new Map(
      this.#entries.flatMap((entry) => {
        const meant = meantBy(entry, this.#vectors);
        return meant === undefined ? [] : [[meant.id, meant]];
      }),
    );
  }

  get #meant(): ReadonlyMap<string, Meant> {
    this.prepare();
    return this.#known ?? new Map<string, Meant>();
  }

  /** Those that pass the filter and are near, nearest first, with the cosine; `said`: the words of a question. */
  search(said: readonly string[], filter: SearchFilter): VectorMatch[] {
    const asked = this.#vectors.mean(said);
    if (asked === undefined) return [];
    const near: VectorMatch[] = [];
    for (const { id, facts, whole } of this.#meant.values()) {
      if (accepts(facts, filter)) near.push({ id, score: nearest(whole, asked) });
    }
    return near
      .sort(byScore)
      .slice(0, looksAt)
      .map(({ id, score }) => ({ id, score: (score + nearest(this.#meant.get(id)?.parts, asked)) / 2 }))
      .sort(byScore);
  }
}

function meantBy({ passage: { id }, facts, searchable }: Entry, vectors: WordVectors): Meant | undefined {
  const { title, text, details, needs } = searchable;
  const whole = vectors.mean(telling([title, title, text, details, needs].join(' ')));
  if (whole === undefined) return undefined;
  const said = [title, ...needs.split(', '), ...sentences(text), `${title} ${needs}`];
  const means = said.flatMap((each) => vectors.mean(telling(each)) ?? []);
  const parts = new Float32Array(means.length * dimensions);
  for (const [place, mean] of means.entries()) parts.set(mean, place * dimensions);
  return { id, facts, whole, parts };
}

/** The greatest cosine of several vectors, one after the other, with another one; none is less than 0. */
function nearest(vectors: Float32Array | undefined, other: Float32Array): number {
  let best = 0;
  for (let start = 0; vectors !== undefined && start < vectors.length; start += dimensions) {
    let sum = 0;
    for (let index = 0; index < dimensions; index += 1) sum += (vectors[start + index] ?? 0) * (other[index] ?? 0);
    if (sum > best) best = sum;
  }
  return best;
}
