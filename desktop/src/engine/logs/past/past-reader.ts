import { type LogFilter, type LogLine, QuaysideError } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { LogContainer } from '../follow/log-container.ts';
import { readMerged } from '../follow/read-merged.ts';
import type { Mark } from '../follow/read-tail.ts';
import { compareTime, type EngineTime, formatTime, parseTime } from '../parse/timestamp.ts';
import { expressionOf } from '../query/from-filter.ts';
import { fitting, PAGE_BYTES } from '../search/page-size.ts';
import { toLines } from '../search/read.ts';
import { createSearch } from '../search/search-store.ts';
import { parseMoment } from '../since.ts';
import { createLogStore, type LogStore } from '../store/store.ts';
import { DISORDER_NANOS, firstTimes, lastUpTo, later, timeOfRow } from './past-window.ts';

/** What is read of the past at once is held in so much memory at most. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Where all of that was written within the overlap of pages, so many times as much is held, up to here. */
const MOST_BYTES = 512 * 1024 * 1024;
const LARGER = 4;
const WIDER = 2;
/** Where no line of a log was early enough. */
const MUCH_WIDER = 8;
/** Beyond this, the whole log is asked for. */
const LONGEST_TAIL = 4_000_000;
/** Answers that break off before what came of the last of them is told. */
const MOST_CUT = 3;
/** Lines behind `before` that are told at most, to be recognised. */
const OVERLAP_LINES = 5_000;

/** A container, how many of its lines have come since it is followed, and the newest time among them. */
export interface PastContainer {
  readonly container: LogContainer;
  readonly name: string;
  readonly received: number;
  readonly newest: Mark;
}

export interface PastQuery {
  readonly before: string;
  readonly filter: LogFilter;
  readonly limit: number;
}

export interface PastPage {
  /** Matching lines up to `before`, and those of 100 ms behind it, in the order of time. */
  readonly lines: LogLine[];
  /** Where to go on; absent where the engine has nothing older. */
  readonly earlier: string | undefined;
}

interface Fetched {
  readonly store: LogStore;
  readonly failure: Error | undefined;
  /** An answer broke off. */
  readonly cut: boolean;
}

interface Reach {
  readonly entry: PastContainer;
  tail: number | 'all';
  /** Time of the first line that was read. */
  first: EngineTime | undefined;
  /** In how many parts it was read, now and the time before: a long line may begin the log and be more than was asked for. */
  parts: number;
  partsBefore: number;
  /** More is asked for than in the read before. */
  wider: boolean;
  /** The log has been read from its beginning. */
  begun: boolean;
}

/**
 * Reads lines from before those that are held, from the engine, without keeping them. The engine finds the end of a log
 * quickly and its beginning slowly; `tail` counts from the end whatever `until` says. So a read asks for as many lines as
 * have come since, and some more, and for twice as many where that was too few.
 */
export class PastReader {
  readonly #gateway: DockerGateway;
  /** How far behind the lines that have come the last read reached, by container, and until when it holds. */
  readonly #depth = new Map<string, number>();
  #reached: EngineTime | undefined;

  constructor(gateway: DockerGateway) {
    this.#gateway = gateway;
  }

  /** Throws USAGE for a moment that is none, and what the engine says where a log cannot be read now. */
  async read(
    containers: readonly PastContainer[],
    query: PastQuery,
    show: (text: string) => string,
    signal: AbortSignal,
  ): Promise<PastPage> {
    const [floor, ceiling] = boundsOf(query.filter);
    const asked = momentOf(query.before);
    const before = ceiling === undefined ? asked : earlierOf(asked, ceiling);
    if (this.#reached === undefined || compareTime(before, this.#reached) > 0) this.#depth.clear();
    const want = Math.ceil(query.limit / Math.max(1, containers.length)) + 200;
    const reaches = containers.map((entry): Reach => {
      const tail = entry.received + (this.#depth.get(entry.container.id) ?? 0) + want;
      return { entry, tail, first: undefined, parts: 0, partsBefore: 0, wider: false, begun: false };
    });
    for (let [maxBytes, cuts] = [MAX_BYTES, 0]; ; ) {
      const { store, failure, cut } = await this.#fetch(reaches, before, maxBytes, signal);
      cuts = cut ? cuts + 1 : 0;
      if (cut && cuts < MOST_CUT) continue;
      if (failure !== undefined) throw failure;
      const from = learn(reaches, store);
      const rows = lastUpTo(store, before) - (from === undefined ? store.firstSeq - 1 : lastUpTo(store, from));
      const evicted = store.firstSeq > 1;
      const enough = rows >= want || (evicted && (rows > 0 || maxBytes >= MOST_BYTES));
      if (enough || reaches.every(({ begun }) => begun) || signal.aborted) {
        this.#remember(reaches, from);
        const { seqs, earlier } = await pageOf(store, before, from, query, signal);
        const lines = toLines({ store, show }, seqs);
        // Below the range of the filter nothing is wanted.
        const over = earlier === undefined || (floor !== undefined && compareTime(earlier, floor) < 0);
        return { lines, earlier: over ? undefined : formatTime(earlier) };
      }
      if (evicted) maxBytes *= LARGER;
      else for (const reach of reaches) widen(reach, from);
    }
  }

  async #fetch(reaches: readonly Reach[], before: EngineTime, maxBytes: number, signal: AbortSignal): Promise<Fetched> {
    const store = createLogStore({ maxBytes });
    for (const { entry } of reaches) store.addSource({ service: entry.container.service, name: entry.name });
    const tails = new Map(reaches.map(({ entry, tail }) => [entry.container.id, tail]));
    // What has not come yet is no past: it comes by itself.
    const end = later(before, DISORDER_NANOS);
    const newests = new Map(reaches.map(({ entry: { container, newest } }) => [container.id, newest]));
    const failures: Error[] = [];
    let cut = false;
    const options = {
      gateway: this.#gateway,
      tailOf: ({ id }: LogContainer) => tails.get(id) ?? ('all' as const),
      upToOf: ({ id }: LogContainer) => {
        const newest = newests.get(id);
        const time = newest === undefined ? end : earlierOf(end, newest);
        return { time, beyond: time, ...(newest === undefined ? {} : { newest }) };
      },
      cutAt: () => before,
      onCut: () => {
        cut = true;
      },
      signal,
      onRead: ({ id }: LogContainer, parts: number) => {
        const reach = reaches.find(({ entry }) => entry.container.id === id);
        if (reach !== undefined) reach.parts = parts;
      },
      onError: (error: unknown) => failures.push(error instanceof Error ? error : new Error(String(error))),
    };
    const containers = reaches.map(({ entry }) => entry.container);
    const batches = readMerged(options, containers, store);
    while ((await batches.next()).done !== true && !signal.aborted);
    const failure = failures.find((error) => !hasNoPast(error));
    cut ||= failure instanceof QuaysideError && failure.code === 'ENGINE_DOWN';
    return { store, failure, cut };
  }

  #remember(reaches: readonly Reach[], from: EngineTime | undefined): void {
    this.#reached = from;
    for (const { entry, tail } of reaches) {
      if (tail !== 'all') this.#depth.set(entry.container.id, Math.max(0, tail - entry.received));
    }
  }
}

function earlierOf(left: EngineTime, right: EngineTime): EngineTime {
  return compareTime(left, right) < 0 ? left : right;
}

function momentOf(text: string): EngineTime {
  const moment = parseTime(text);
  if (moment === undefined) throw new QuaysideError('USAGE', say`"${text}" is not a moment of a log line.`);
  return moment;
}

/** The range of time in which lines pass, where it has a begin and an end. */
function boundsOf({ from, to }: LogFilter): (EngineTime | undefined)[] {
  const now = Date.now();
  return [from, to].map((text) => (text === undefined ? undefined : parseMoment(text, now)));
}

/** Gone meanwhile, or its driver keeps nothing that could be read: no older lines, and no failure either. */
export function hasNoPast(error: unknown): boolean {
  if (!(error instanceof QuaysideError)) return false;
  return error.code === 'ENGINE_NOT_FOUND' || /support reading/i.test(error.message);
}

/**
 * What a read tells of each log: one of which not one more part came although more was asked for has been read from its
 * beginning. Answers from when on (left out) nothing is missing; undefined where that is from the beginning.
 */
function learn(reaches: readonly Reach[], store: LogStore): EngineTime | undefined {
  const firsts = firstTimes(store);
  const evicted = store.firstSeq > 1;
  let from: EngineTime | undefined;
  for (const [source, reach] of reaches.entries()) {
    const first = firsts[source];
    const sameTime = first !== undefined && reach.first !== undefined && compareTime(first, reach.first) === 0;
    const same = reach.wider && sameTime && reach.parts === reach.partsBefore;
    reach.begun = !evicted && (reach.begun || reach.tail === 'all' || same);
    reach.first = first;
    reach.partsBefore = reach.parts;
    reach.wider = false;
    if (!reach.begun && (from === undefined || compareTime(wholeFrom(reach), from) > 0)) from = wholeFrom(reach);
  }
  return from;
}

/** From when on all lines of a log are there that has not been read from its beginning. */
function wholeFrom({ first }: Reach): EngineTime {
  return first === undefined ? END_OF_TIME : later(first, DISORDER_NANOS);
}

const END_OF_TIME: EngineTime = { sec: 2 ** 32 - 1, nanos: 0 };

/** Asks for more of the logs that reach back least. */
function widen(reach: Reach, from: EngineTime | undefined): void {
  if (reach.begun || reach.tail === 'all' || from === undefined || compareTime(wholeFrom(reach), from) < 0) return;
  const tail = reach.tail * (reach.first === undefined ? MUCH_WIDER : WIDER);
  reach.tail = tail > LONGEST_TAIL ? 'all' : tail;
  reach.wider = true;
}

async function pageOf(
  store: LogStore,
  before: EngineTime,
  from: EngineTime | undefined,
  { filter, limit }: PastQuery,
  signal: AbortSignal,
): Promise<{ seqs: number[]; earlier: EngineTime | undefined }> {
  const search = createSearch(store, expressionOf(filter), undefined);
  const at = lastUpTo(store, before);
  const behind = await search.find({ at: at + 1, step: 1, limit: OVERLAP_LINES }, signal);
  const found = await search.find({ at, step: -1, limit }, signal);
  // Both are on the one page.
  const overlap = fitting(store, behind.seqs, PAGE_BYTES / 2);
  const seqs = fitting(store, [...overlap, ...found.seqs]).slice(overlap.length);
  const more = found.more || seqs.length < found.seqs.length;
  const oldest = more ? store.find(seqs.at(-1) ?? 0) : undefined;
  const cut = oldest === undefined ? undefined : timeOfRow(oldest);
  const earlier = cut !== undefined && (from === undefined || compareTime(cut, from) > 0) ? cut : from;
  const whole = [...seqs.toReversed(), ...overlap].filter((seq) => {
    const place = store.find(seq);
    return from === undefined || (place !== undefined && compareTime(timeOfRow(place), from) > 0);
  });
  return { seqs: whole, earlier };
}
