import { compile } from '../query/compile.ts';
import { type Expression, isUnbounded, wantedIdHash } from '../query/expression.ts';
import { finderFor } from '../query/finder.ts';
import { neededWords } from '../query/needed-words.ts';
import { slotsOf } from '../store/pieces.ts';
import type { Slab } from '../store/slab.ts';
import type { LogStore } from '../store/store.ts';
import { runBounded, tooSlow } from './bounded.ts';
import { type LogWorkers, SearchTooSlow } from './log-workers.ts';
import type { SearchSpec } from './messages.ts';
import { type Range, type Search, searchLines } from './search-lines.ts';

/** A search pattern may take this long on one slab. */
const SLAB_LIMIT_MS = 2000;
/** Slabs that each worker has before it at most: one at first, because that is often enough. */
const AHEAD = 2;
/** Fewer lines than this are searched at once: asking a worker takes longer. */
const FEW_ROWS = 1000;

/** Where a walk over the lines begins and where it goes. */
export interface Walk {
  readonly at: number;
  readonly step: 1 | -1;
  readonly limit: number;
  /** Going backwards: lines up to this seq are not looked at. */
  readonly down?: number;
}

export interface Found {
  /** Seqs of the matching lines in the order in which they were met, at most `limit`. */
  readonly seqs: readonly number[];
  /** Where to go on: behind the last line looked at, or at the first match that was one too many. */
  readonly next: number;
  /** One more match than `limit` was met. */
  readonly more: boolean;
}

let searches = 0;

/** Searches one store for one expression. */
export interface StoreSearch {
  find(walk: Walk, signal: AbortSignal): Promise<Found>;
}

export function createSearch(store: LogStore, expression: Expression, workers: LogWorkers | undefined): StoreSearch {
  return new Searcher(store, expression, workers);
}

class Searcher implements StoreSearch {
  private readonly store: LogStore;
  private readonly workers: LogWorkers | undefined;
  private readonly expression: Expression;
  private readonly idHash: number | undefined;
  private readonly unbounded: boolean;
  private readonly slots: readonly number[];
  private spec: SearchSpec = { id: 0, expression: { kind: 'all', of: [] }, sources: [] };
  private search: Search | undefined;

  constructor(store: LogStore, expression: Expression, workers: LogWorkers | undefined) {
    this.store = store;
    this.expression = expression;
    this.workers = workers;
    this.idHash = wantedIdHash(expression);
    this.unbounded = isUnbounded(expression);
    this.slots = slotsOf(neededWords(expression));
  }

  async find({ at, step, limit, down = 0 }: Walk, signal: AbortSignal): Promise<Found> {
    this.prepare();
    const seqs: number[] = [];
    const asked: { slab: Slab; range: Range; rows: Promise<readonly number[]> }[] = [];
    let next = at;
    const last = this.store.lastSeq;
    let ahead = at;
    let width = 1;
    // One hit more than asked for tells that there are more.
    const wanted = limit + 1;
    while (!signal.aborted) {
      while (asked.length < width) {
        const piece = this.piece({ at: ahead, step, limit: wanted - seqs.length, down }, last);
        if (piece === undefined) break;
        ahead = step > 0 ? piece.slab.firstSeq + piece.range.to : piece.slab.firstSeq + piece.range.from - 1;
        const rows = this.rowsOf(piece.slab, piece.range);
        // Where an earlier one fails, nobody waits for this one.
        rows.catch(() => undefined);
        asked.push({ ...piece, rows });
      }
      const first = asked.shift();
      if (first === undefined) break;
      width = Math.min(width * 2, AHEAD * (this.workers?.size ?? 1));
      for (const row of await first.rows) {
        const seq = first.slab.firstSeq + row;
        if (seqs.length === limit) return { seqs, next: seq, more: true };
        seqs.push(seq);
      }
      next = step > 0 ? first.slab.firstSeq + first.range.to : first.slab.firstSeq + first.range.from - 1;
    }
    return { seqs, next, more: false };
  }

  /** Sources may have come or been renamed since the last time. */
  private prepare(): void {
    const sources = [...this.store.sources];
    searches += 1;
    this.spec = { id: searches, expression: this.expression, sources };
    this.search = { test: compile(this.expression, sources), finder: finderFor(this.expression) };
  }

  /** The part of a slab that begins at `at`. */
  private piece({ at, step, limit, down }: Required<Walk>, last: number): { slab: Slab; range: Range } | undefined {
    const start = step > 0 ? Math.max(at, this.store.firstSeq) : at;
    if (start > last || (step < 0 && start <= down)) return undefined;
    const slab = this.store.slabAt(start);
    if (slab === undefined) return undefined;
    const row = start - slab.firstSeq;
    const end = Math.min(slab.rows, last + 1 - slab.firstSeq);
    if (step > 0) return { slab, range: { from: row, to: end, step, limit } };
    return { slab, range: { from: Math.max(0, down + 1 - slab.firstSeq), to: row + 1, step, limit } };
  }

  private async rowsOf(slab: Slab, range: Range): Promise<readonly number[]> {
    if (this.idHash !== undefined && !slab.hasId(this.idHash)) return [];
    if (!slab.mayHold(this.slots)) return [];
    if (this.workers === undefined || this.isQuick(slab, range)) return this.here(slab, range);
    try {
      return await this.workers.search(slab.shared(), this.spec, range, SLAB_LIMIT_MS);
    } catch (error) {
      if (error instanceof SearchTooSlow) throw tooSlow(error);
      return this.here(slab, range);
    }
  }

  /** Done sooner here than asked of a worker. Who looks for an id reads the lines that he finds. */
  private isQuick(slab: Slab, range: Range): boolean {
    if (this.search?.test.readsText === false || slab === this.store.slabs.at(-1) || this.idHash !== undefined)
      return true;
    return !slab.sealed && range.to - range.from < FEW_ROWS;
  }

  private async here(slab: Slab, range: Range): Promise<readonly number[]> {
    // Also a reader that never rests leaves room for those who fill the store.
    await new Promise((resolve) => setImmediate(resolve));
    const { search } = this;
    if (search === undefined) return [];
    // Where its text has to be decompressed, the store sees to it that it does not stay so.
    if (search.test.readsText) this.store.find(slab.firstSeq);
    const work = (): number[] => searchLines(slab, search, range);
    return this.unbounded ? runBounded(work) : work();
  }
}
