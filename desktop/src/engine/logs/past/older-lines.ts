import type { LogFilter, LogLine } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { LogContainer } from '../follow/log-container.ts';
import type { HeldFrom, UpTo } from '../follow/read-end.ts';
import { readMerged } from '../follow/read-merged.ts';
import type { Mark } from '../follow/read-tail.ts';
import { compareTime, type EngineTime, formatTime, sinceParameter, timeOf } from '../parse/timestamp.ts';
import { type ReadSource, readPage } from '../search/read.ts';
import { parseMoment } from '../since.ts';
import { createLogStore } from '../store/store.ts';
import { beginsOf } from './held-from.ts';
import { hasNoPast, type PastContainer } from './past-reader.ts';
import { DISORDER_NANOS, later } from './past-window.ts';

/** What the engine sends is held in so much memory until it has been taken. */
const MAX_BYTES = 32 * 1024 * 1024;
const PAGE = 1000;

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

/** A container that may have older lines, and how far its log is read. */
export type Older = PastContainer & { readonly upTo: UpTo };

/** A line of an export that says something of the lines around it. */
export function exportMarker(text: string, time: string, container?: LogContainer): LogLine {
  const of = { service: container?.service ?? '', container: container?.name ?? '' };
  return { seq: 0, time, ...of, stream: 'marker', level: 'none', text };
}

/** Lines that were written before the first ones held of their containers. */
export async function* olderLines(
  { gateway, held, filter, signal }: AllLinesOptions,
  wanted: readonly Older[],
  said: Said,
): AsyncGenerator<LogLine[]> {
  const from = fromOf(filter);
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
        const of = upTo.get(container);
        notes.push(exportMarker(text, formatTime(of === undefined ? timeOf(Date.now()) : endOf(of)), container));
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

/** The containers that may have older lines that pass. */
export async function withOlder({ held, containers, filter }: AllLinesOptions): Promise<Older[]> {
  const from = fromOf(filter);
  const begins = await beginsOf(
    held.store,
    containers.map(({ source }) => source),
  );
  const all = containers.map((one, place) => ({ ...one, upTo: upToOf(one.newest, begins[place]) }));
  return all.filter(
    ({ container, upTo }) =>
      (filter.services.length === 0 || filter.services.includes(container.service)) &&
      (from === undefined || compareTime(endOf(upTo), from) >= 0),
  );
}

function fromOf({ from }: LogFilter): EngineTime | undefined {
  return from === undefined ? undefined : parseMoment(from, Date.now());
}

/** Where they end in the order of time. */
export function endOf({ before, time }: UpTo): EngineTime {
  return before ?? time;
}

/** Up to where the lines held begin, or to the newest that came where none is held. */
function upToOf(newest: Mark, before: HeldFrom | undefined): UpTo {
  if (before === undefined) return { time: newest, beyond: newest, newest };
  const end = later(before, DISORDER_NANOS);
  return { time: end, beyond: end, newest, before };
}
