import type { LogLevel, LogLine, LogPage, Problem } from '#contract/index.ts';
import type { Ring } from './line-ring.ts';

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
  /** True while frozen with lines in the ring that end before the newest: no more come by themselves. */
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

export const initial: LogsState = {
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

/** Puts a page into the ring; a frozen view takes no more than fits. Answers what changed. */
export function takePage(lines: Ring<LogLine>, state: LogsState, page: LogPage, anew: boolean): Partial<LogsState> {
  if (anew) lines.clear();
  const free = state.following || anew;
  const taken = free ? page.lines : page.lines.slice(0, lines.room(page.lines));
  const paused = taken.length < page.lines.length;
  const { first } = lines;
  // Lines that were shown before they were in the ring are not new when they come into it.
  const shownBefore = state.ahead === undefined ? 0 : state.ahead.skipped + state.ahead.lines.length;
  lines.push(taken);
  const evicted = lines.first !== first;
  return {
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
}
