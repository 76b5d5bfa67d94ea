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

/** Among how many of the passages that are nearest as a whole, and those as near, the one that says it is looked for. */
const looksAt = 40;

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
    const passing = [...this.#meant.values()].filter(({ facts }) => accepts(facts, filter));
    const scores = new Float64Array(passing.length);
    for (const [index, { whole }] of passing.entries()) scores[index] = nearest(whole, asked);
    // Sorting bare numbers takes a tenth of the time that sorting all the matches would.
    const least = scores.toSorted().at(-looksAt) ?? 0;
    return passing
      .flatMap(({ id, parts }, index) => {
        const score = scores[index] ?? 0;
        return score < least ? [] : [{ id, score: (score + nearest(parts, asked)) / 2 }];
      })
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
    // Four sums of their own, so that the processor need not wait for one before it adds to the next.
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; index < dimensions; index += 4) {
      const at = start + index;
      a += (vectors[at] ?? 0) * (other[index] ?? 0);
      b += (vectors[at + 1] ?? 0) * (other[index + 1] ?? 0);
      c += (vectors[at + 2] ?? 0) * (other[index + 2] ?? 0);
      d += (vectors[at + 3] ?? 0) * (other[index + 3] ?? 0);
    }
    best = Math.max(best, a + b + c + d);
  }
  return best;
}
