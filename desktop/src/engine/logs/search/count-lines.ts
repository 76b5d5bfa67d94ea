import { type LogCounts, type LogCountsQuery, type LogFilter, logLevels } from '#contract/index.ts';
import { compile } from '../query/compile.ts';
import { expressionOf } from '../query/from-filter.ts';
import { parseMoment } from '../since.ts';
import type { Slab } from '../store/slab.ts';
import type { LogStore } from '../store/store.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import type { LogWorkers } from './log-workers.ts';
import { createSearch } from './search-store.ts';

/** Lengths of a step in seconds. */
const STEPS = [1, 10, 60, 300, 600, 1800, 3600, 21_600, 86_400] as const;

interface Scale {
  readonly step: number;
  readonly start: number;
  readonly steps: number;
}

/** The steps between two moments: as short as `bars` allow, beginning at full ones. */
function scaleOf(from: number, to: number, bars: number): Scale {
  const whole = (step: number): number => Math.floor(to / step) - Math.floor(from / step) + 1;
  const step = STEPS.find((one) => whole(one) <= bars) ?? Math.ceil((to - from + 1) / bars) * 2;
  return { step, start: Math.floor(from / step) * step, steps: whole(step) };
}

/** First and last second that may have lines: of what is held, within what the filter asks for. */
function spanOf(store: LogStore, { from, to }: LogFilter, nowMs: number): readonly [number, number] | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const { rows, columns } of store.slabs) {
    for (let row = 0; row < rows; row += 1) {
      const sec = columns.sec[row] ?? 0;
      if (sec < first) first = sec;
      if (sec > last) last = sec;
    }
  }
  if (from !== undefined) first = Math.max(first, parseMoment(from, nowMs).sec);
  if (to !== undefined) {
    const { sec, nanos } = parseMoment(to, nowMs);
    last = Math.min(last, nanos > 0 ? sec : sec - 1);
  }
  return first > last ? undefined : [first, last];
}

class Tally {
  private readonly scale: Scale;
  private readonly levels = new Map<number, Uint32Array>();
  private total = 0;

  constructor(scale: Scale) {
    this.scale = scale;
  }

  add({ columns }: Slab, row: number): void {
    const kind = columns.kind[row] ?? 0;
    const { start, step, steps } = this.scale;
    const at = Math.floor(((columns.sec[row] ?? 0) - start) / step);
    // Markers are no lines of a service; a line beyond the end came while the others were counted.
    if (kind >> 4 === MARKER_STREAM || at < 0 || at >= steps) return;
    let counts = this.levels.get(at);
    if (counts === undefined) this.levels.set(at, (counts = new Uint32Array(logLevels.length)));
    counts[kind & 15] = (counts[kind & 15] ?? 0) + 1;
    this.total += 1;
  }

  result(): LogCounts {
    const filled = [...this.levels].sort(([a], [b]) => a - b);
    return {
      ...this.scale,
      total: this.total,
      filled: filled.map(([at, counts]) => {
        const [trace = 0, debug = 0, info = 0, warn = 0, error = 0, fatal = 0, none = 0] = counts;
        return { at, levels: { trace, debug, info, warn, error, fatal, none } };
      }),
    };
  }
}

/** Counts the held lines that pass a filter, over time. Text is only looked at where the filter asks for it. Throws USAGE. */
export async function countLines(
  { store, workers }: { readonly store: LogStore; readonly workers?: LogWorkers | undefined },
  { filter, bars }: Pick<LogCountsQuery, 'filter' | 'bars'>,
  signal: AbortSignal,
  nowMs = Date.now(),
): Promise<LogCounts> {
  const expression = expressionOf(filter, nowMs);
  const span = spanOf(store, filter, nowMs);
  if (span === undefined) return { step: 60, start: 0, steps: 0, filled: [], total: 0 };
  const tally = new Tally(scaleOf(...span, bars));
  const test = compile(expression, store.sources);
  if (test.readsText) {
    const search = createSearch(store, expression, workers);
    const { seqs } = await search.find({ at: store.lastSeq, step: -1, limit: Number.MAX_SAFE_INTEGER }, signal);
    for (const seq of seqs) {
      const slab = store.slabAt(seq);
      if (slab !== undefined) tally.add(slab, seq - slab.firstSeq);
    }
    return tally.result();
  }
  for (const slab of [...store.slabs]) {
    for (let row = 0; row < slab.rows; row += 1) if (test.columns(slab.columns, row) === true) tally.add(slab, row);
    // Readers and those who fill the store are not held up.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return tally.result();
}
