import { type LogLine, type LogPage, type LogQuery, logLevels } from '#contract/index.ts';
import { correlationIdOf } from '../parse/id.ts';
import { levelName } from '../parse/level.ts';
import { shownText } from '../parse/text.ts';
import { formatTime } from '../parse/timestamp.ts';
import { runBounded } from './bounded.ts';
import { compileFilter, type Matcher } from './matcher.ts';
import { FLAG_CUT } from './slab.ts';
import type { LogStore, Place } from './store.ts';

/** Lines looked at before the event loop gets its turn. */
const SLICE = 20_000;
const STREAMS = ['marker', 'stdout', 'stderr', 'marker'] as const;

export type ReadQuery = Omit<LogQuery, 'environment'>;

/** What a line looks like on the contract. */
function toLine(store: LogStore, { seq, slab, row }: Place): LogLine {
  const source = store.source(slab.source(row));
  const bytes = slab.text(row);
  const { text, cut } = shownText(bytes);
  const id = slab.idHash(row) === 0 ? undefined : correlationIdOf(bytes);
  return {
    seq,
    time: formatTime(slab.time(row)),
    service: source.service,
    container: source.name,
    stream: STREAMS[slab.stream(row)] ?? 'marker',
    level: levelName(slab.level(row)),
    text,
    ...(cut || (slab.flags(row) & FLAG_CUT) !== 0 ? { cut: true } : {}),
    ...(id === undefined ? {} : { correlationId: id }),
  };
}

/** Everything of a page but its lines. */
function pageFrame(store: LogStore): Pick<LogPage, 'held' | 'since' | 'counts'> {
  const oldest = store.find(store.firstSeq);
  const [trace, debug, info, warn, error, fatal, none] = logLevels.map((_, code) => store.counts[code] ?? 0);
  return {
    held: store.held,
    ...(oldest === undefined ? {} : { since: formatTime(oldest.slab.time(oldest.row)) }),
    counts: {
      trace: trace ?? 0,
      debug: debug ?? 0,
      info: info ?? 0,
      warn: warn ?? 0,
      error: error ?? 0,
      fatal: fatal ?? 0,
      none: none ?? 0,
    },
  };
}

interface Walk {
  /** Next seq to look at. */
  at: number;
  readonly step: 1 | -1;
  readonly found: LogLine[];
  /** One more match than was asked for was met; it is not in `found`. */
  more: boolean;
}

/** Looks at up to SLICE lines; false when there is nothing left to look at or enough was found. */
function advance(store: LogStore, matcher: Matcher, walk: Walk, limit: number): boolean {
  const serviceOf = (source: number): string => store.source(source).service;
  for (let looked = 0; looked < SLICE; looked += 1) {
    const place = store.find(walk.at);
    if (place === undefined) return false;
    if (matcher.matches(place, serviceOf)) {
      if (walk.found.length === limit) {
        walk.more = true;
        return false;
      }
      walk.found.push(toLine(store, place));
    }
    walk.at += walk.step;
  }
  return true;
}

async function walkAll(
  store: LogStore,
  matcher: Matcher,
  walk: Walk,
  limit: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    // Also a reader that never rests leaves room for those who fill the store.
    await new Promise((resolve) => setImmediate(resolve));
    const slice = (): boolean => advance(store, matcher, walk, limit);
    if (!(matcher.readsText ? runBounded(slice) : slice()) || signal.aborted) return;
  }
}

/** The newest `limit` matching lines, oldest of them first. `more` = older matching lines are held too. */
async function readNewest(store: LogStore, query: ReadQuery, signal: AbortSignal): Promise<LogPage> {
  const cursor = store.lastSeq;
  const walk: Walk = { at: cursor, step: -1, found: [], more: false };
  await walkAll(store, compileFilter(query.filter), walk, query.limit, signal);
  return { lines: walk.found.reverse(), cursor, dropped: 0, more: walk.more, ...pageFrame(store) };
}

/** Matching lines behind the seq `after`. */
async function readForward(store: LogStore, query: ReadQuery, after: number, signal: AbortSignal): Promise<LogPage> {
  const start = Math.max(after + 1, store.firstSeq);
  let dropped = start - (after + 1);
  const walk: Walk = { at: start, step: 1, found: [], more: false };
  const matcher = compileFilter(query.filter);
  for (;;) {
    await walkAll(store, matcher, walk, query.limit, signal);
    if (walk.at >= store.firstSeq || walk.at > store.lastSeq) break;
    // Lines left the store while this reader let others work.
    dropped += store.firstSeq - walk.at;
    walk.at = store.firstSeq;
  }
  const last = walk.found.at(-1);
  const cursor = walk.more && last !== undefined ? last.seq : walk.at - 1;
  return { lines: walk.found, cursor, dropped, more: walk.more, ...pageFrame(store) };
}

/** Resolves when the store changes, the time is up, or the reader has gone. */
function changed(store: LogStore, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      forget();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const forget = store.onChange(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/**
 * Answers a log query from the store. With `after` and `waitMs` it is held open until a matching line comes, the time is
 * up or `signal` aborts; an aborted read answers with what it has. A cursor that this store never gave out (it outlived
 * its core) reads the newest lines. Throws USAGE for a broken or unbounded search pattern.
 */
export async function readPage(store: LogStore, query: ReadQuery, signal: AbortSignal): Promise<LogPage> {
  const { after } = query;
  if (after === undefined || after > store.lastSeq) return readNewest(store, query, signal);
  const deadline = performance.now() + query.waitMs;
  let page = await readForward(store, query, Math.max(after, 0), signal);
  let dropped = page.dropped;
  for (;;) {
    const left = deadline - performance.now();
    if (page.lines.length > 0 || left <= 0 || signal.aborted) return { ...page, dropped };
    if (page.cursor === store.lastSeq) await changed(store, left, signal);
    page = await readForward(store, query, page.cursor, signal);
    dropped += page.dropped;
  }
}
