import { type LogLine, type LogPage, type LogQuery, logLevels } from '#contract/index.ts';
import type { LinesAhead } from '../follow/merger.ts';
import { correlationIdOf } from '../parse/id.ts';
import { levelName } from '../parse/level.ts';
import { shownText } from '../parse/text.ts';
import { type EngineTime, formatTime } from '../parse/timestamp.ts';
import { isWhole } from '../query/expression.ts';
import { expressionOf } from '../query/from-filter.ts';
import { type Facts, FLAG_CUT } from '../store/slab.ts';
import type { LogStore, Place } from '../store/store.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import type { LogWorkers } from './log-workers.ts';
import { fitting } from './page-size.ts';
import { createSearch, type StoreSearch } from './search-store.ts';

const STREAMS = ['marker', 'stdout', 'stderr', 'marker'] as const;

export type ReadQuery = Omit<LogQuery, 'environment' | 'reveal' | 'newest' | 'ahead'> &
  Partial<Pick<LogQuery, 'newest' | 'ahead'>>;

/** What is read, by whom it is searched, and how a line's text is made fit to be shown. */
export interface ReadSource {
  readonly store: LogStore;
  readonly workers?: LogWorkers | undefined;
  readonly show: (text: string) => string;
  /** What has not been stored yet. */
  readonly ahead?: LinesAhead | undefined;
  /** Resolves when what the engine has sent until now is here. */
  readonly catchUp?: (() => Promise<void>) | undefined;
}

interface Written extends Facts, EngineTime {
  readonly seq: number;
  readonly bytes: Buffer;
}

/** What a line looks like on the contract. */
function shownLine({ store, show }: ReadSource, { seq, sec, nanos, bytes, ...facts }: Written): LogLine {
  const source = store.source(facts.source);
  const { text, cut } = shownText(bytes);
  const id = facts.stream === MARKER_STREAM ? undefined : correlationIdOf(bytes);
  return {
    seq,
    time: formatTime({ sec, nanos }),
    service: source.service,
    container: source.name,
    stream: STREAMS[facts.stream] ?? 'marker',
    level: levelName(facts.level),
    text: show(text),
    ...(cut || (facts.flags & FLAG_CUT) !== 0 ? { cut: true } : {}),
    ...(id === undefined ? {} : { correlationId: id }),
  };
}

function toLine(reader: ReadSource, { seq, slab, row }: Place): LogLine {
  const { columns } = slab;
  return shownLine(reader, {
    seq,
    sec: columns.sec[row] ?? 0,
    nanos: columns.nanos[row] ?? 0,
    bytes: slab.bytes(row),
    source: columns.source[row] ?? 0,
    stream: slab.stream(row),
    level: slab.level(row),
    flags: columns.flags[row] ?? 0,
  });
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
  const found = await search.find({ at, step: -1, limit }, signal);
  const seqs = fitting(store, found.seqs);
  const more = found.more || seqs.length < found.seqs.length;
  return { lines: toLines(reader, seqs.toReversed()), cursor, dropped: 0, more, ...pageFrame(store) };
}

/** Matching lines behind the seq `after`. */
async function readForward(reader: Reader, limit: number, after: number, signal: AbortSignal): Promise<LogPage> {
  const { store, search } = reader;
  const start = Math.max(after + 1, store.firstSeq);
  const found = await search.find({ at: start, step: 1, limit }, signal);
  const seqs = fitting(store, found.seqs);
  const more = found.more || seqs.length < found.seqs.length;
  const { next } = found;
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
  const found = await search.find({ at: cursor, step: -1, limit, down: after }, signal);
  const seqs = fitting(store, found.seqs);
  const more = found.more || seqs.length < found.seqs.length;
  const lines = toLines(reader, seqs.toReversed());
  return {
    lines,
    cursor,
    dropped: Math.max(0, first - (after + 1)),
    more: more || signal.aborted,
    ...pageFrame(store),
  };
}

/** The lines behind `cursor` that have not been put in order, as far as they fit on a page beside one that has. */
function linesAhead(source: ReadSource, { limit }: ReadQuery, cursor: number): LogPage['ahead'] {
  const { ahead, store } = source;
  // More than the page tells has been put in order meanwhile: the next page tells both.
  if (ahead === undefined || cursor !== store.lastSeq) return undefined;
  const found = ahead.newest(limit - 1);
  const skipped = ahead.waiting - found.length;
  const first = cursor + skipped + 1;
  const lines = found.map(({ line, facts }, index) => {
    const bytes = Buffer.from(line.bytes.buffer, line.bytes.byteOffset + line.start, line.end - line.start);
    return shownLine(source, { ...facts, seq: first + index, sec: line.sec, nanos: line.nanos, bytes });
  });
  return { mark: ahead.mark, skipped, lines };
}

/** Resolves when the store changes or lines come that wait, the time is up, or the reader has gone. */
function changed({ store, ahead }: ReadSource, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      forget();
      forgetAhead?.();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const forget = store.onChange(done);
    const forgetAhead = ahead?.onArrival(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/**
 * Answers a log query from the store. With `after` and `waitMs` it is held open until a matching line comes, the time is
 * up or `signal` aborts; an aborted read answers with what it has. A cursor that this store never gave out (it outlived
 * its core) reads the newest lines. Throws USAGE for a broken or unbounded search pattern.
 */
export async function readPage(from: ReadSource, query: ReadQuery, signal: AbortSignal): Promise<LogPage> {
  const { store, workers } = from;
  const { after, newest = false } = query;
  const expression = expressionOf(query.filter);
  // What waits has not been searched.
  const lookAhead = newest && query.ahead !== undefined && isWhole(expression);
  const source = { ...from, ahead: lookAhead ? from.ahead : undefined };
  const reader = { ...source, search: createSearch(store, expression, workers) };
  if (after === undefined || after > store.lastSeq) return readNewest(reader, query, signal);
  // Who follows the end shows it in a moment: what is read from the engine now and then is read now.
  if (newest && from.catchUp !== undefined) await from.catchUp();
  const deadline = performance.now() + query.waitMs;
  const readOn = async (cursor: number): Promise<LogPage> => {
    if (!newest) return readForward(reader, query.limit, cursor, signal);
    // What waits is newer, and has its place on the page first.
    const limit = Math.max(1, query.limit - (source.ahead?.waiting ?? 0));
    const page = await readLatest(reader, limit, cursor, signal);
    const ahead = linesAhead(source, query, page.cursor);
    if (ahead !== undefined) return { ...page, ahead };
    return limit === query.limit ? page : readLatest(reader, query.limit, cursor, signal);
  };
  let page = await readOn(Math.max(after, 0));
  let dropped = page.dropped;
  for (;;) {
    const left = deadline - performance.now();
    const news = page.lines.length > 0 || (page.ahead?.mark ?? query.ahead) !== query.ahead;
    if (news || left <= 0 || signal.aborted) return { ...page, dropped };
    if (page.cursor === store.lastSeq) await changed(source, left, signal);
    page = await readOn(page.cursor);
    dropped += page.dropped;
  }
}
