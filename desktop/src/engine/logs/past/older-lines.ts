import { setImmediate as breath } from 'node:timers/promises';
import type { LogFilter, LogLine } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { LogContainer } from '../follow/follower.ts';
import type { UpTo } from '../follow/read-end.ts';
import { readMerged } from '../follow/read-merged.ts';
import type { Mark } from '../follow/read-tail.ts';
import { compareTime, type EngineTime, formatTime, sinceParameter, timeOf } from '../parse/timestamp.ts';
import { type ReadSource, readPage } from '../search/read.ts';
import { parseMoment } from '../since.ts';
import { createLogStore, type LogStore } from '../store/store.ts';
import { hasNoPast, type PastContainer } from './past-reader.ts';
import { DISORDER_NANOS, later, timeOfRow } from './past-window.ts';

/** What the engine sends is held in so much memory until it has been taken. */
const MAX_BYTES = 32 * 1024 * 1024;
const PAGE = 1000;
/** Rows that are looked at in one go. */
const ROWS = 20_000;

export interface AllLinesOptions {
  readonly gateway: DockerGateway;
  /** What is held, and how its lines are shown. */
  readonly held: ReadSource;
  readonly containers: readonly (PastContainer & { readonly source: number })[];
  readonly filter: LogFilter;
  readonly signal: AbortSignal;
}

export interface Said {
  missing: boolean;
}

/** The first line held of each stream of a container, by number of the stream. */
type Firsts = (EngineTime | undefined)[];

type Wanted = PastContainer & { readonly upTo: UpTo };

/** A line of an export that says something of the lines around it. */
export function exportMarker(text: string, time: string, container?: LogContainer): LogLine {
  const of = { service: container?.service ?? '', container: container?.name ?? '' };
  return { seq: 0, time, ...of, stream: 'marker', level: 'none', text };
}

/** Lines that were written before the first ones held of their containers. */
export async function* olderLines(options: AllLinesOptions, said: Said): AsyncGenerator<LogLine[]> {
  const { gateway, held, filter, signal } = options;
  const from = filter.from === undefined ? undefined : parseMoment(filter.from, Date.now());
  const wanted = await wantedOf(options, from);
  const notes: LogLine[] = [];
  const store = createLogStore({ maxBytes: MAX_BYTES });
  for (const { container, name } of wanted) store.addSource({ service: container.service, name });
  const upTo = new Map(wanted.map((one) => [one.container, one.upTo]));
  const merged = readMerged(
    {
      gateway,
      signal,
      ...(from === undefined ? {} : { since: sinceParameter(from) }),
      upToOf: (container) => upTo.get(container),
      cutAt: (last) => last,
      onCut: () => {
        said.missing = true;
      },
      onError: (error, container) => {
        if (hasNoPast(error)) return;
        said.missing = true;
        const reason = error instanceof Error ? error.message : String(error);
        const text = say`Older lines of ${container.name} are missing here: ${reason}`;
        notes.push(exportMarker(text, formatTime(endOf(upTo.get(container))), container));
      },
    },
    wanted.map(({ container }) => container),
    store,
  );
  const source = { store, show: held.show };
  for (let after = 0, done = false; !done && !signal.aborted; ) {
    done = (await merged.next()).done === true;
    for (let more = true; more; ) {
      const page = await readPage(source, { filter, limit: PAGE, waitMs: 0, after }, signal);
      ({ cursor: after, more } = page);
      yield page.lines;
    }
  }
  yield notes;
}

/** The containers that may have older lines that pass, and how far the log of each is read. */
async function wantedOf({ held, containers, filter }: AllLinesOptions, from?: EngineTime): Promise<Wanted[]> {
  const firsts = await firstsOf(
    held.store,
    containers.map(({ source }) => source),
  );
  const all = containers.map((one, place) => ({ ...one, upTo: upToOf(one.newest, firsts[place] ?? []) }));
  return all.filter(
    ({ container, upTo }) =>
      (filter.services.length === 0 || filter.services.includes(container.service)) &&
      (from === undefined || compareTime(endOf(upTo), from) >= 0),
  );
}

function endOf(upTo: UpTo | undefined): EngineTime {
  return upTo?.newest ?? upTo?.time ?? timeOf(Date.now());
}

/** Up to where the lines held begin, or to the newest that came where none is held. */
function upToOf(newest: Mark | undefined, firsts: Firsts): UpTo {
  const begins = firsts
    .flatMap((time, stream): Mark[] => (time === undefined ? [] : [{ stream: stream === 2 ? 2 : 1, ...time }]))
    .sort(compareTime);
  const [begin] = begins;
  if (begin === undefined) {
    const time = newest ?? { sec: 0, nanos: 0 };
    return { time, beyond: time, ...(newest === undefined ? {} : { newest }) };
  }
  const end = later(begin, DISORDER_NANOS);
  return { time: end, beyond: end, newest: begin, before: firsts };
}

/** Of each of the sources. */
async function firstsOf(store: LogStore, sources: readonly number[]): Promise<Firsts[]> {
  const found = new Map<number, Firsts>(sources.map((source) => [source, []]));
  let missing = 2 * sources.length;
  for (let seq = store.firstSeq; seq <= store.lastSeq && missing > 0; seq += 1) {
    if (seq % ROWS === 0) await breath();
    const place = store.find(seq);
    if (place === undefined) continue;
    const firsts = found.get(place.slab.columns.source[place.row] ?? -1);
    const stream = place.slab.stream(place.row);
    if (firsts === undefined || stream > 2 || firsts[stream] !== undefined) continue;
    firsts[stream] = timeOfRow(place);
    missing -= 1;
  }
  return sources.map((source) => found.get(source) ?? []);
}
