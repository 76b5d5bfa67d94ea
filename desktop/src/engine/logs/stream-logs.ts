import type { LogFilter, LogLine } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { LogContainer } from './follow/log-container.ts';
import { readMerged } from './follow/read-merged.ts';
import { DISORDER_NANOS, later } from './past/past-window.ts';
import { createProjectLogs, type ProjectLogs } from './project-logs.ts';
import { readPage } from './search/read.ts';
import { parseMoment } from './since.ts';
import { createLogStore } from './store/store.ts';

const PAGE = 1000;
const WAIT_MS = 1000;
/** What is printed is read in batches, of which several fit. */
const PRINT_BYTES = 32 * 1024 * 1024;
/** Lines held for a reader that is slower than the containers. */
const FOLLOW_BYTES = 128 * 1024 * 1024;

export interface StreamLogsOptions {
  readonly gateway: DockerGateway;
  /** A list that changes (follow only) or one that stays. */
  readonly containers: readonly LogContainer[] | AsyncIterable<readonly LogContainer[]>;
  /** Goes on with new lines until `signal` aborts, or, where the list stays, until all its containers have stopped. */
  readonly follow: boolean;
  /** Lines per container; default all. */
  readonly tail?: number | 'all';
  /** `seconds.nanoseconds`, as `parseSince` makes it. */
  readonly since?: string;
  /** The same; not with `follow`. */
  readonly until?: string;
  readonly filter: LogFilter;
  /** Makes the text of a line fit to be shown; default: as it is. */
  readonly show?: (text: string) => string;
  readonly signal: AbortSignal;
  /** The log of one container could not be read; the others go on. */
  readonly onError?: (error: unknown, container: LogContainer) => void;
}

/** Log lines of several containers in the order of the engine's clock, many at a time. Throws USAGE for a broken search pattern. */
export async function* streamLogs(options: StreamLogsOptions): AsyncGenerator<readonly LogLine[]> {
  if (options.follow) yield* followLogs(options);
  else yield* printLogs(options);
}

const asItIs = (text: string): string => text;

function isList(containers: StreamLogsOptions['containers']): containers is readonly LogContainer[] {
  return Array.isArray(containers);
}

/** What there is now, read once: memory stays small whatever the size of the logs. */
async function* printLogs(options: StreamLogsOptions): AsyncGenerator<readonly LogLine[]> {
  const { filter, signal, tail = 'all', until } = options;
  let containers: readonly LogContainer[] = [];
  if (isList(options.containers)) containers = options.containers;
  else
    for await (const list of options.containers) {
      containers = list;
      break;
    }
  const store = createLogStore({ maxBytes: PRINT_BYTES });
  for (const { service, name } of containers) store.addSource({ service, name });
  const source = { store, show: options.show ?? asItIs };
  const reach = tail === 'all' ? {} : { lastLines: tail };
  const batches = readMerged({ ...options, ...reach, ...(until === undefined ? {} : upTo(until)) }, containers, store);
  let after = 0;
  while ((await batches.next()).done !== true) {
    for (let more = true; more; ) {
      const page = await readPage(source, { filter, limit: PAGE, waitMs: 0, after }, signal);
      if (page.lines.length > 0) yield page.lines;
      ({ cursor: after, more } = page);
    }
  }
}

function upTo(until: string) {
  const time = parseMoment(until, 0);
  return { upToOf: () => ({ time, beyond: later(time, DISORDER_NANOS) }) };
}

async function* followLogs(options: StreamLogsOptions): AsyncGenerator<readonly LogLine[]> {
  const { gateway, filter, signal, containers, tail, since, onError, show } = options;
  const logs = createProjectLogs({
    gateway,
    tail: tail ?? 'all',
    since,
    maxBytes: FOLLOW_BYTES,
    historyBytes: Number.POSITIVE_INFINITY,
    ...(onError === undefined ? {} : { onError }),
  });
  const fixed = isList(containers);
  if (isList(containers)) logs.setContainers(containers);
  else void feed(containers, logs);
  try {
    let after = 0;
    while (!signal.aborted) {
      const last = fixed && logs.active === 0;
      const page = await logs.read({ filter, limit: PAGE, waitMs: WAIT_MS, after }, signal, show);
      if (page.dropped > 0) yield [skipped(page.dropped, page.cursor, page.since ?? '')];
      if (page.lines.length > 0) yield page.lines;
      after = page.cursor;
      if (last && page.lines.length === 0) return;
    }
  } finally {
    logs.dispose();
  }
}

async function feed(lists: AsyncIterable<readonly LogContainer[]>, logs: ProjectLogs): Promise<void> {
  for await (const list of lists) logs.setContainers(list);
}

function skipped(count: number, seq: number, time: string): LogLine {
  const text = say`${count} lines were left out: they came faster than they were read`;
  return { seq, time, service: '', container: '', stream: 'marker', level: 'none', text };
}
