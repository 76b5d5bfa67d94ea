import type { DockerGateway, LogsOptions } from '#engine/docker/index.ts';
import { createBell } from '#kit/bell.ts';
import { factsOf } from '../parse/facts.ts';
import { createJoiner } from '../parse/joiner.ts';
import type { LogStore } from '../store/store.ts';
import type { LogContainer } from './follower.ts';
import { byKey, Lane, sink } from './lane.ts';

const BATCH_ROWS = 1000;
/** What is read ahead of one container. */
const AHEAD_BYTES = 512 * 1024;

interface ReadMergedOptions {
  readonly gateway: DockerGateway;
  /** Lines of each container; default all. */
  readonly tailOf?: (container: LogContainer) => number | 'all';
  readonly since?: string;
  /** Newest line wanted of each container, as `since`; default all. */
  readonly untilOf?: (container: LogContainer) => string | undefined;
  readonly signal: AbortSignal;
  readonly onError?: (error: unknown, container: LogContainer) => void;
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

  private async read({ gateway, tailOf, since, untilOf, signal, onError }: ReadMergedOptions, container: LogContainer) {
    const { id, tty } = container;
    const until = untilOf?.(container);
    const options: LogsOptions = {
      ...{ follow: false, tail: tailOf?.(container) ?? ('all' as const), signal },
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
    const joiner = createJoiner(tty, (line) => {
      this.lane.push(line, factsOf(this.lane.source, line), 0);
    });
    try {
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
    } catch (error) {
      if (!signal.aborted) onError?.(error, container);
    } finally {
      this.ended = true;
      this.came.ring();
    }
  }

  private async room(): Promise<void> {
    while (this.lane.bytes > AHEAD_BYTES && !this.signal.aborted) await this.taken.next(this.signal);
  }
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
