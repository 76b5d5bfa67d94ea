import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogCounts, LogFilter, LogLevel, LogLine, LogNewErrors, LogPage, Problem } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import { EarlierLines } from './earlier-lines.ts';
import { Ring } from './line-ring.ts';
import { allLines, lineNextTo } from './log-history.ts';
import { type LogRequest, type LogSink, type NextFrame, pageLimit, pullLines } from './log-pull.ts';

/** How many lines the panel itself holds; the core holds more. */
export const heldHere = 20_000;
/** Bytes that they take in the browser's memory at most. */
const mostBytes = 12 * 1024 * 1024;
/** What a line takes beside its text. */
const bytesOfLine = 200;
/** Until the view has told how many rows it shows. */
const rowsAtFirst = 100;

export interface LogsState {
  /** Grows whenever the ring has changed. */
  version: number;
  /** True until the first page of the present request is here. */
  loading: boolean;
  problem?: Problem | undefined;
  /** False freezes the view: lines still come in behind it, and none is taken from before it. */
  following: boolean;
  /** What will come behind the lines in the ring while the view follows, in the order known now: so many lines, then these. */
  ahead?: LogPage['ahead'];
  /** Matching lines that came since the view was frozen. */
  fresh: number;
  /** True while frozen with a full ring, so that no more lines are asked for. */
  paused: boolean;
  /** What the core holds over all services, before filtering. */
  held: number;
  since?: string | undefined;
  /** Lines that left the core's store before this panel saw them. */
  dropped: number;
  counts: Readonly<Partial<Record<LogLevel, number>>>;
  /** True once the oldest matching line of the engine's logs is in the ring. */
  atStart: boolean;
  loadingEarlier: boolean;
  /** True where reading began at a time, so that what comes in behind the view need not be new. */
  anchored: boolean;
}

/** What was found, or why nothing could be. */
export type Answer<T> = { found: T } | { problem: Problem };

export interface LogsSlice extends LogsState {
  /** Reads the lines that pass a filter until the returned function is called; with `at`, from around that time on. */
  open: (environment: string, filter: LogFilter, at?: string) => () => void;
  setFollowing: (following: boolean) => void;
  /** How many rows are in sight: no more are asked for at once while the view follows. */
  setRows: (rows: number) => void;
  /** Brings lines from before the oldest one here into the ring. */
  loadEarlier: () => Promise<void>;
  /** Why a filter cannot be used; nothing where it can. */
  check: (filter: LogFilter) => Promise<Problem | undefined>;
  /** The matching line next to a seq, later or earlier. */
  next: (environment: string, filter: LogFilter, seq: number, step: 1 | -1) => Promise<Answer<LogLine | undefined>>;
  /** How many lines pass a filter, over time. */
  count: (environment: string, filter: LogFilter, bars: number) => Promise<Answer<LogCounts>>;
  /** Kinds of error that came with what runs now. */
  newErrors: (environment: string) => Promise<Answer<LogNewErrors>>;
  /** Every matching line that the core holds, page by page. */
  all: (environment: string, filter: LogFilter, signal: AbortSignal) => AsyncGenerator<LogLine[]>;
  /** The newest lines that pass a filter, oldest of them first. */
  newest: (environment: string, filter: LogFilter, signal: AbortSignal) => Promise<Answer<LogPage>>;
}

export interface LogsStore extends StoreApi<LogsSlice> {
  lines: Ring<LogLine>;
}

const initial: LogsState = {
  version: 0,
  loading: true,
  following: true,
  fresh: 0,
  paused: false,
  held: 0,
  dropped: 0,
  counts: {},
  atStart: false,
  loadingEarlier: false,
  anchored: false,
};

// A character outside of Latin-1 makes every one of a text take two bytes.
// eslint-disable-next-line no-control-regex -- the range begins with the first character there is
const wide = /[^\u0000-\u00ff]/;

/** What a line takes in the browser's memory. */
function bytesOf({ text }: LogLine): number {
  return bytesOfLine + (wide.test(text) ? 2 : 1) * text.length;
}

/** Puts a page into the ring; a frozen view takes no more than fits. Answers what changed and after which seq to go on. */
export function takePage(lines: Ring<LogLine>, state: LogsState, page: LogPage, anew: boolean) {
  if (anew) lines.clear();
  const free = state.following || anew;
  const taken = free ? page.lines : page.lines.slice(0, lines.room(page.lines));
  const paused = taken.length < page.lines.length;
  const after = paused ? (taken.at(-1)?.seq ?? 0) : page.cursor;
  const { first } = lines;
  // Lines that were shown before they were in the ring are not new when they come into it.
  const shownBefore = state.ahead === undefined ? 0 : state.ahead.skipped + state.ahead.lines.length;
  lines.push(taken);
  const evicted = lines.first !== first;
  const changes: Partial<LogsState> = {
    loading: false,
    problem: undefined,
    held: page.held,
    since: page.since,
    dropped: state.dropped + page.dropped,
    counts: page.counts,
    ahead: state.following ? page.ahead : undefined,
    fresh: free ? 0 : Math.max(0, state.fresh + taken.length - shownBefore),
    paused,
    version: state.version + 1,
    ...(anew ? { atStart: !page.more && page.earlier === undefined } : evicted ? { atStart: false } : {}),
  };
  return { changes, after };
}

async function answer<T>(core: Core, ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { found: await ask() };
  } catch (error) {
    return { problem: problemFrom(core, error) };
  }
}

type Asking = Pick<LogsSlice, 'check' | 'next' | 'count' | 'newErrors' | 'all' | 'newest'>;

/** What can be asked of the core beside the lines in the ring. */
function asking(core: Core): Asking {
  const never = new AbortController().signal;
  return {
    async check(filter) {
      const told = await answer(core, () => core.client.logs.check({ filter }));
      return 'problem' in told ? told.problem : told.found.problem;
    },
    next: (environment, filter, seq, step) =>
      answer(core, () => lineNextTo(core, { environment, filter, signal: never }, seq, step)),
    count: (environment, filter, bars) => answer(core, () => core.client.logs.counts({ environment, filter, bars })),
    newErrors: (environment) => answer(core, () => core.client.logs.newErrors({ environment })),
    all: (environment, filter, signal) => allLines(core, { environment, filter, signal }),
    newest: (environment, filter, signal) =>
      answer(core, () => core.client.logs.read({ environment, filter, limit: pageLimit }, { signal })),
  };
}

/** The lines of one log request, held in a ring beside the store; the store tells when the ring has changed. */
export function createLogsStore(core: Core, nextFrame: NextFrame): LogsStore {
  const lines = new Ring<LogLine>({ capacity: heldHere, mostWeight: mostBytes, weigh: bytesOf });
  let current: LogRequest | undefined;
  let onRoom: (() => void) | undefined;
  let shown = rowsAtFirst;
  const earlier = new EarlierLines(core, lines);

  const store = createStore<LogsSlice>((set, get) => {
    const sink: LogSink = {
      take(page, anew) {
        const { changes, after } = takePage(lines, get(), page, anew);
        set(earlier.see(page, anew) ? { ...changes, atStart: false } : changes);
        return after;
      },
      rows: () => (get().following ? shown : undefined),
      async room(signal) {
        if (!get().paused) return false;
        const { promise, resolve } = Promise.withResolvers<undefined>();
        onRoom = () => {
          resolve(undefined);
        };
        signal.addEventListener('abort', onRoom, { once: true });
        await promise;
        return true;
      },
      onProblem: (problem) => {
        set({ problem, loading: false });
      },
    };
    return {
      ...initial,
      ...asking(core),
      open(environment, filter, at) {
        const life = new AbortController();
        current = { environment, filter, at, signal: life.signal };
        const anchored = at !== undefined;
        set({ loading: true, problem: undefined, fresh: 0, paused: false, anchored });
        if (anchored) set({ following: false });
        void pullLines(core, current, sink, nextFrame);
        return () => {
          life.abort();
        };
      },
      setRows(rows) {
        shown = rows;
      },
      setFollowing(following) {
        if (following === get().following) return;
        set({ following, fresh: 0, ...(following ? { paused: false, anchored: false } : {}) });
        if (following) onRoom?.();
      },
      async loadEarlier() {
        if (current === undefined || get().loadingEarlier || get().atStart) return;
        set({ loadingEarlier: true });
        const changes = await earlier.load(current);
        set((state) => ({ ...changes, version: state.version + 1, loadingEarlier: false }));
      },
    };
  });
  return Object.assign(store, { lines });
}
