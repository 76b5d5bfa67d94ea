import { QuaysideError } from '#contract/index.ts';
import type { DockerGateway, LogsOptions } from '#engine/docker/index.ts';
import { createBell } from '#kit/bell.ts';
import { factsOf } from '../parse/facts.ts';
import { createJoiner, type Line, type LineVisitor } from '../parse/joiner.ts';
import { compareTime } from '../parse/timestamp.ts';
import { parseMoment } from '../since.ts';
import type { LogStore } from '../store/store.ts';
import type { LogContainer } from './follower.ts';
import { byKey, Lane, sink } from './lane.ts';
import { readTail, readWhole } from './read-tail.ts';

const BATCH_ROWS = 1000;
/** What is read ahead of one container. */
const AHEAD_BYTES = 512 * 1024;

interface ReadMergedOptions {
  readonly gateway: DockerGateway;
  /** What the engine is asked for of each container, in its own count: parts of lines, the first perhaps torn; default all. */
  readonly tailOf?: (container: LogContainer) => number | 'all';
  /** Instead: the last whole lines of each container, of which those up to `untilOf` are shown. */
  readonly lastLines?: number;
  readonly since?: string;
  /** Newest line wanted of each container, as `since`; default all. */
  readonly untilOf?: (container: LogContainer) => string | undefined;
  readonly signal: AbortSignal;
  readonly onError?: (error: unknown, container: LogContainer) => void;
  /** The log of a container has been read, in so many parts. */
  readonly onRead?: (container: LogContainer, parts: number) => void;
}

/** One container, read ahead of what is merged, but not far. */
class Reading {
  readonly lane: Lane;
  ended = false;
  private readonly came = createBell();
  private readonly taken = createBell();
  private readonly signal: AbortSignal;

  constructor(options: ReadMergedOptions, container: LogContainer, source: number) {
    this.lane = new Lane(source);
    this.signal = options.signal;
    void this.read(options, container);
  }

  /** Resolves when there is a line or there will be none. */
  async ready(): Promise<void> {
    this.lane.compact();
    this.taken.ring();
    while (this.lane.waiting === 0 && !this.ended && !this.signal.aborted) await this.came.next(this.signal);
  }

  private async read(options: ReadMergedOptions, container: LogContainer): Promise<void> {
    const { tailOf, lastLines, untilOf, signal, onError, onRead } = options;
    const until = untilOf?.(container);
    try {
      const read = (from: number | 'all', visit: LineVisitor) =>
        this.readParts(options, container, from, undefined, visit);
      if (lastLines === undefined && tailOf === undefined && until === undefined) {
        if (!(await readWhole(read, this.take))) throw brokenOff(container);
      } else if (lastLines === undefined) {
        const parts = await this.readParts(options, container, tailOf?.(container) ?? 'all', until, this.take);
        onRead?.(container, parts);
      } else {
        // The last lines are counted from the end of the log, as the engine does it.
        const end = until === undefined ? undefined : parseMoment(until, 0);
        const wish = { lines: lastLines, mostBytes: Number.POSITIVE_INFINITY };
        const { cut } = await readTail(wish, read, (line) => {
          if (end === undefined || compareTime(line, end) <= 0) this.take(line);
        });
        if (cut) throw brokenOff(container);
      }
    } catch (error) {
      if (!signal.aborted) onError?.(error, container);
    } finally {
      this.ended = true;
      this.came.ring();
    }
  }

  private readonly take = (line: Line): void => {
    this.lane.push(line, factsOf(this.lane.source, line), 0);
  };

  private async readParts(
    { gateway, since, signal }: ReadMergedOptions,
    { id, tty }: LogContainer,
    tail: number | 'all',
    until: string | undefined,
    visit: LineVisitor,
  ): Promise<number> {
    const options: LogsOptions = {
      ...{ follow: false, tail, signal },
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
    const joiner = createJoiner(tty, visit);
    await gateway.containers.drainLogs(id, tty, options, {
      frame: (stream, bytes, start, end) => {
        joiner.push(stream, bytes, start, end);
      },
      piece: () => {
        this.came.ring();
        return this.lane.bytes > AHEAD_BYTES ? this.room() : undefined;
      },
    });
    joiner.flush();
    return joiner.parts;
  }

  private async room(): Promise<void> {
    while (this.lane.bytes > AHEAD_BYTES && !this.signal.aborted) await this.taken.next(this.signal);
  }
}

function brokenOff({ name }: LogContainer): QuaysideError {
  return new QuaysideError('ENGINE_DOWN', `The log of ${name} broke off before its newest line.`, {
    remedy: 'Read the logs again.',
  });
}

/**
 * Puts everything that the containers' logs hold now into the store, merged by time; yields behind each batch. Source
 * numbers are positions in the list.
 */
export async function* readMerged(
  options: ReadMergedOptions,
  containers: readonly LogContainer[],
  store: LogStore,
): AsyncGenerator<undefined> {
  const all = containers.map((container, source) => new Reading(options, container, source));
  await Promise.all(all.map((one) => one.ready()));
  const readings = new Map(all.map((one) => [one.lane, one]));
  const heads = [...readings.keys()].filter(({ waiting }) => waiting > 0).sort(byKey);
  let batch = 0;
  for (let head = heads[0]; head !== undefined; head = heads[0]) {
    head.shift(store);
    batch += 1;
    if (head.waiting === 0) await readings.get(head)?.ready();
    if (head.waiting === 0) heads.shift();
    else sink(heads);
    if (batch < BATCH_ROWS) continue;
    yield undefined;
    batch = 0;
  }
  yield undefined;
}
