import { type LogLine, type LogPage, type LogQuery, logLevels } from '#contract/index.ts';
import { correlationIdOf } from '../parse/id.ts';
import { levelName } from '../parse/level.ts';
import { shownText } from '../parse/text.ts';
import { formatTime } from '../parse/timestamp.ts';
import { expressionOf } from '../query/from-filter.ts';
import { FLAG_CUT } from '../store/slab.ts';
import type { LogStore, Place } from '../store/store.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import type { LogWorkers } from './log-workers.ts';
import { createSearch, type StoreSearch } from './search-store.ts';

const STREAMS = ['marker', 'stdout', 'stderr', 'marker'] as const;

export type ReadQuery = Omit<LogQuery, 'environment' | 'reveal' | 'newest'> & Partial<Pick<LogQuery, 'newest'>>;

/** What is read, by whom it is searched, and how a line's text is made fit to be shown. */
export interface ReadSource {
  readonly store: LogStore;
  readonly workers?: LogWorkers | undefined;
  readonly show: (text: string) => string;
}

/** What a line looks like on the contract. */
function toLine({ store, show }: ReadSource, { seq, slab, row }: Place): LogLine {
  const { columns } = slab;
  const source = store.source(columns.source[row] ?? 0);
  const bytes = slab.bytes(row);
  const { text, cut } = shownText(bytes);
  const id = slab.stream(row) === MARKER_STREAM ? undefined : correlationIdOf(bytes);
  return {
    seq,
    time: formatTime({ sec: columns.sec[row] ?? 0, nanos: columns.nanos[row] ?? 0 }),
    service: source.service,
    container: source.name,
    stream: STREAMS[slab.stream(row)] ?? 'marker',
    level: levelName(slab.level(row)),
    text: show(text),
    ...(cut || ((columns.flags[row] ?? 0) & FLAG_CUT) !== 0 ? { cut: true } : {}),
    ...(id === undefined ? {} : { correlationId: id }),
  };
}

/** The lines with these seqs; one that has left meanwhile is not among them. */
export function toLines(source: ReadSource, seqs: readonly number[]): LogLine[] {
  const places = seqs.map((seq) => source.store.find(seq));
  return places.flatMap((place) => (place === undefined ? [] : [toLine(source, place)]));
}

function timeOfPlace({ slab: { columns }, row }: Place): string {
  return formatTime({ sec: columns.sec[row] ?? 0, nanos: columns.nanos[row] ?? 0 });
}

/** Everything of a page but its lines. */
export function pageFrame(store: LogStore): Pick<LogPage, 'held' | 'since' | 'counts'> {
  const oldest = store.find(store.firstSeq);
  const [trace, debug, info, warn, error, fatal, none] = logLevels.map((_, code) => store.counts[code] ?? 0);
  return {
    held: store.held,
    ...(oldest === undefined ? {} : { since: timeOfPlace(oldest) }),
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

type Reader = ReadSource & { readonly search: StoreSearch };

/** The newest `limit` matching lines, or the last before `before`, oldest of them first. `more` = older matching lines are held too. */
async function readNewest(reader: Reader, { limit, before }: ReadQuery, signal: AbortSignal): Promise<LogPage> {
  const { store, search } = reader;
  const cursor = store.lastSeq;
  const at = before === undefined ? cursor : Math.min(cursor, before - 1);
  const { seqs, more } = await search.find({ at, step: -1, limit }, signal);
  return { lines: toLines(reader, seqs.toReversed()), cursor, dropped: 0, more, ...pageFrame(store) };
}

/** Matching lines behind the seq `after`. */
async function readForward(reader: Reader, limit: number, after: number, signal: AbortSignal): Promise<LogPage> {
  const { store, search } = reader;
  const start = Math.max(after + 1, store.firstSeq);
  const { seqs, next, more } = await search.find({ at: start, step: 1, limit }, signal);
  const lines = toLines(reader, seqs);
  const cursor = more ? (seqs.at(-1) ?? next - 1) : next - 1;
  // What left the store while it was searched was looked at, or is counted here.
  const lost = lines.length < seqs.length ? seqs.length - lines.length : 0;
  return { lines, cursor, dropped: start - (after + 1) + lost, more, ...pageFrame(store) };
}

/** The newest `limit` of the matching lines behind the seq `after`. */
async function readLatest(reader: Reader, limit: number, after: number, signal: AbortSignal): Promise<LogPage> {
  const { store, search } = reader;
  const [cursor, first] = [store.lastSeq, store.firstSeq];
  const { seqs, more } = await search.find({ at: cursor, step: -1, limit, down: after }, signal);
  const lines = toLines(reader, seqs.toReversed());
  return {
    lines,
    cursor,
    dropped: Math.max(0, first - (after + 1)),
    more: more || signal.aborted,
    ...pageFrame(store),
  };
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
export async function readPage(source: ReadSource, query: ReadQuery, signal: AbortSignal): Promise<LogPage> {
  const { store, workers } = source;
  const { after, limit, newest = false } = query;
  const reader = { ...source, search: createSearch(store, expressionOf(query.filter), workers) };
  if (after === undefined || after > store.lastSeq) return readNewest(reader, query, signal);
  const deadline = performance.now() + query.waitMs;
  const readOn = newest ? readLatest : readForward;
  let page = await readOn(reader, limit, Math.max(after, 0), signal);
  let dropped = page.dropped;
  for (;;) {
    const left = deadline - performance.now();
    if (page.lines.length > 0 || left <= 0 || signal.aborted) return { ...page, dropped };
    if (page.cursor === store.lastSeq) await changed(store, left, signal);
    page = await readOn(reader, limit, page.cursor, signal);
    dropped += page.dropped;
  }
}
