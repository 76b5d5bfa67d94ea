const minLength = 4;
const minCandidate = 3;
const twoEditsFrom = 7;

/** Edits between two words: insert, delete, replace, or swap neighbours; anything beyond `limit` counts as limit + 1. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (!same && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      row.push(edits);
      least = Math.min(least, edits);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

/** Finds the known word that a misspelt one was meant to be. */
export class Spelling {
  /** Known words by length, more frequent ones first. */
  readonly #byLength = new Map<number, string[]>();
  readonly #found = new Map<string, string | undefined>();
  readonly #remembered = 5000;

  /** `frequencies`: how often each known word is used. */
  constructor(frequencies: ReadonlyMap<string, number>) {
    const sorted = [...frequencies].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    for (const [word] of sorted) this.#byLength.set(word.length, [...(this.#byLength.get(word.length) ?? []), word]);
  }

  correct(word: string): string | undefined {
    if (this.#found.has(word)) return this.#found.get(word);
    if (this.#found.size >= this.#remembered) this.#found.clear();
    const found = this.#search(word);
    this.#found.set(word, found);
    return found;
  }

  #search(word: string): string | undefined {
    if (word.length < minLength || /\d/.test(word)) return undefined;
    const limit = word.length < twoEditsFrom ? 1 : 2;
    let best: string | undefined;
    let fewest = limit + 1;
    for (let length = word.length - limit; length <= word.length + limit; length += 1) {
      for (const candidate of this.#byLength.get(length) ?? []) {
        // People rarely miss the first letter; of short words more would be guessed than corrected.
        if (candidate.length < minCandidate || !candidate.startsWith(word.charAt(0))) continue;
        const edits = editDistance(word, candidate, fewest - 1);
        if (edits < fewest) {
          fewest = edits;
          best = candidate;
        }
      }
    }
    return best;
  }
}
