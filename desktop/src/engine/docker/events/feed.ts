import { setTimeout as sleep } from 'node:timers/promises';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { connectionError } from '../errors.ts';
import { readLines } from '../ndjson.ts';
import type { Transport } from '../transport.ts';
import type { FeedItem } from '../types.ts';
import { FeedQueue } from './feed-queue.ts';
import { parseEvent, sinceEvent } from './parse-event.ts';
import { RecentEvents } from './recent-events.ts';

/** Where the feed reads from. */
export interface FeedSource {
  readonly transport: Transport;
  readonly endpoint: string;
  /** The engine's clock, in whole seconds since the epoch. */
  clock(signal: AbortSignal): Promise<number>;
}

/** Milliseconds, but for `capacity`: unread items that are held. */
export interface FeedOptions {
  readonly resyncMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly headersMs: number;
  readonly capacity: number;
}

export const defaultFeed: FeedOptions = {
  resyncMs: 30_000,
  firstPauseMs: 250,
  longestPauseMs: 5_000,
  headersMs: 5_000,
  capacity: 1_024,
};

// Without the list of actions every health probe would be told three times (exec_create, exec_start, exec_die).
const filters = JSON.stringify({
  type: ['container', 'network', 'volume', 'image', 'daemon'],
  event: [
    ...['create', 'start', 'restart', 'stop', 'die', 'oom', 'pause', 'unpause', 'rename', 'destroy', 'update'],
    ...['health_status', 'connect', 'disconnect', 'remove', 'prune', 'reload'],
    ...['pull', 'tag', 'untag', 'delete', 'import', 'load'],
  ],
});

/**
 * One feed of the whole engine: opens the stream first, then tells its reader to read the lists (`resync`), and goes on with
 * events; connects again by itself, with growing pauses, from the last event on. Ends when `signal` aborts.
 */
export async function* readFeed(
  source: FeedSource,
  options: FeedOptions,
  signal: AbortSignal,
): AsyncGenerator<FeedItem> {
  const queue = new FeedQueue(options.capacity);
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  ended.addEventListener('abort', () => {
    queue.close();
  });
  if (ended.aborted) return;
  const running = new Feed(source, options, queue, ended).run();
  try {
    for (let item = await queue.next(); item !== undefined; item = await queue.next()) yield item;
  } finally {
    stop.abort();
    await running;
  }
}

class Feed {
  readonly #source: FeedSource;
  readonly #options: FeedOptions;
  readonly #queue: FeedQueue;
  readonly #signal: AbortSignal;
  readonly #recent = new RecentEvents();
  #since: string | undefined;
  #connections = 0;
  /** Code of the failure that was told last; undefined while connected. */
  #told: string | undefined;

  constructor(source: FeedSource, options: FeedOptions, queue: FeedQueue, signal: AbortSignal) {
    this.#source = source;
    this.#options = options;
    this.#queue = queue;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    const { firstPauseMs, longestPauseMs } = this.#options;
    for (let failures = 0; !this.#over(); failures += 1) {
      const begun = performance.now();
      const error = await this.#follow();
      if (this.#over()) return;
      this.#lost(error);
      // A stream that lasted was a good one; one that breaks at once must not be reopened without end and without pause.
      if (performance.now() - begun > longestPauseMs) failures = 0;
      const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
      await sleep(pause * (0.5 + Math.random() / 2), undefined, { signal: this.#signal }).catch(() => undefined);
    }
  }

  #over(): boolean {
    return this.#signal.aborted;
  }

  /** Reads one stream to its end, which is always a failure. */
  async #follow(): Promise<QuaysideError> {
    const { transport, endpoint } = this.#source;
    let timer: NodeJS.Timeout | undefined;
    try {
      // The engine sends its headers before it subscribes, so the second before the stream opened is asked for too.
      this.#since ??= String(await this.#source.clock(this.#signal));
      const query = { filters, since: this.#since };
      const { body } = await transport.request({
        method: 'GET',
        path: '/events',
        query,
        deadlineMs: this.#options.headersMs,
        signal: this.#signal,
      });
      this.#connected();
      timer = setInterval(() => {
        this.#queue.push({ kind: 'resync', cause: 'timer' });
      }, this.#options.resyncMs);
      for await (const line of readLines(body)) this.#take(line);
      return new QuaysideError('ENGINE_DOWN', say`The Docker Engine ended its stream of events.`, {
        remedy: say`The engine is stopping or restarting; Quayside connects again by itself.`,
      });
    } catch (error) {
      return connectionError(error, endpoint);
    } finally {
      clearInterval(timer);
    }
  }

  #take(line: string): void {
    const event = parseEvent(line);
    if (event === undefined) {
      this.#queue.push({ kind: 'resync', cause: 'gap' });
      return;
    }
    this.#since = sinceEvent(event);
    if (this.#recent.isNew(event)) this.#queue.push({ kind: 'event', event });
  }

  #connected(): void {
    this.#queue.push({ kind: 'resync', cause: this.#connections === 0 ? 'connected' : 'reconnected' });
    this.#connections += 1;
    this.#told = undefined;
  }

  #lost(error: QuaysideError): void {
    if (this.#told === error.code) return;
    this.#told = error.code;
    this.#queue.push({ kind: 'lost', error });
  }
}
