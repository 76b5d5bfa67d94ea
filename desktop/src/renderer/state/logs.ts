import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogCounts, LogExportPage, LogFilter, LogLine, LogNewErrors, LogPage, Problem } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import { Ring } from './line-ring.ts';
import { allLines, type Step, type StepFrom } from './log-history.ts';
import { type NextFrame, pageLimit } from './log-pull.ts';
import { LogReading } from './log-reading.ts';
import { initial, type LogsState } from './logs-state.ts';

/** How many lines the panel itself holds; the core holds more. */
export const heldHere = 20_000;
/** Bytes that they take in the browser's memory at most. */
const mostBytes = 12 * 1024 * 1024;
/** What a line takes beside its text. */
const bytesOfLine = 200;

/** What was found, or why nothing could be. */
export type Answer<T> = { found: T } | { problem: Problem };

export interface LogsSlice extends LogsState {
  /** Reads the lines that pass a filter until the returned function is called; with `at`, from around that time on. */
  open: (environment: string, filter: LogFilter, at?: string) => () => void;
  setFollowing: (following: boolean) => void;
  /** How many rows are in sight: no more are asked for at once while the view follows. */
  setRows: (rows: number) => void;
  /** Brings lines from before the oldest one here into the ring; while frozen, the newest leave where there is no room. */
  loadEarlier: () => Promise<void>;
  /** While paused, brings lines from behind the newest one here into the ring, up to where they come by themselves again. */
  loadLater: () => Promise<void>;
  /** Why a filter cannot be used; nothing where it can. */
  check: (filter: LogFilter) => Promise<Problem | undefined>;
  /** The matching line next to one of those that are here; it may be far in the past, so that `signal` ends the search. */
  next: (environment: string, filter: LogFilter, from: StepFrom, signal: AbortSignal) => Promise<Answer<Step>>;
  /** How many lines pass a filter, over time. */
  count: (environment: string, filter: LogFilter, bars: number) => Promise<Answer<LogCounts>>;
  /** Kinds of error that came with what runs now. */
  newErrors: (environment: string) => Promise<Answer<LogNewErrors>>;
  /** Every matching line that there is, page by page. */
  all: (environment: string, filter: LogFilter, signal: AbortSignal) => AsyncGenerator<LogExportPage>;
  /** The newest lines that pass a filter, oldest of them first. */
  newest: (environment: string, filter: LogFilter, signal: AbortSignal) => Promise<Answer<LogPage>>;
}

export interface LogsStore extends StoreApi<LogsSlice> {
  lines: Ring<LogLine>;
}

// A character outside of Latin-1 makes every one of a text take two bytes.
// eslint-disable-next-line no-control-regex -- the range begins with the first character there is
const wide = /[^\u0000-\u00ff]/;

/** What a line takes in the browser's memory. */
function bytesOf({ text }: LogLine): number {
  return bytesOfLine + (wide.test(text) ? 2 : 1) * text.length;
}

async function answer<T>(core: Core, ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { found: await ask() };
  } catch (error) {
    return { problem: problemFrom(core, error) };
  }
}

type Asking = Pick<LogsSlice, 'check' | 'count' | 'newErrors' | 'all' | 'newest'>;

/** What can be asked of the core beside the lines in the ring. */
function asking(core: Core): Asking {
  return {
    async check(filter) {
      const told = await answer(core, () => core.client.logs.check({ filter }));
      return 'problem' in told ? told.problem : told.found.problem;
    },
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
  const store = createStore<LogsSlice>((set, get) => {
    const reading = new LogReading(core, lines, nextFrame, { set, get });
    return {
      ...initial,
      ...asking(core),
      next: (environment, filter, from, signal) =>
        answer(core, () => reading.next({ environment, filter, signal }, from)),
      open(environment, filter, at) {
        const life = new AbortController();
        const anchored = at !== undefined;
        set({ loading: true, problem: undefined, fresh: 0, paused: false, anchored });
        if (anchored) set({ following: false });
        reading.begin({ environment, filter, at, signal: life.signal });
        return () => {
          life.abort();
        };
      },
      setRows(rows) {
        reading.rows = rows;
      },
      setFollowing(following) {
        const before = get();
        if (following === before.following) return;
        set({ following, fresh: 0, ...(following ? { paused: false, anchored: false } : {}) });
        // The end is far away: reading begins there again.
        if (following && before.paused) reading.goOn();
      },
      loadEarlier: () => reading.loadEarlier(),
      loadLater: () => reading.loadLater(),
    };
  });
  return Object.assign(store, { lines });
}
