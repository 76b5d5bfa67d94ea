import { QuaysideError } from '#contract/index.ts';
import type { DockerGateway, LogsOptions } from '#engine/docker/index.ts';
import { createBell } from '#kit/bell.ts';
import { say } from '#kit/say.ts';
import { factsOf } from '../parse/facts.ts';
import { createJoiner, type Line, type LineVisitor } from '../parse/joiner.ts';
import { NO_LEVEL } from '../parse/level.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';
import type { Facts } from '../store/slab.ts';
import type { LogStore } from '../store/store.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import type { LogContainer } from './log-container.ts';
import { byKey, Lane, sink } from './lane.ts';
import { EndBeforeHeld, EndByTime, type UpTo } from './read-end.ts';
import { mayBeMissing, mayBeSetBack, newestOf, type ReadParts, readTail, readWhole } from './read-tail.ts';

const BATCH_ROWS = 1000;
const BATCH_BYTES = 4 * 1024 * 1024;
/** What is read ahead of one container. */
const AHEAD_BYTES = 512 * 1024;

interface ReadMergedOptions {
  readonly gateway: DockerGateway;
  /** What the engine is asked for of each container, in its own count: parts of lines, the first perhaps torn; default all. */
  readonly tailOf?: (container: LogContainer) => number | 'all';
  /** Instead: the last whole lines of each container, of which those up to `upToOf` are shown. */
  readonly lastLines?: number;
  readonly since?: string;
  /** Of each container; default all. */
  readonly upToOf?: (container: LogContainer) => UpTo | undefined;
  readonly signal: AbortSignal;
  readonly onError?: (error: unknown, container: LogContainer) => void;
  /** The log of a container has been read, in so many parts. */
  readonly onRead?: (container: LogContainer, parts: number) => void;
  /** Where an answer breaks off, a marker behind the last line says so, of the time that is made of that line's; left out: an error does. */
  readonly cutAt?: (last: EngineTime) => EngineTime;
  readonly onCut?: (container: LogContainer) => void;
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
    const { lastLines, upToOf, signal, onError } = options;
    const upTo = upToOf?.(container);
    try {
      const read: ReadParts = (tail, visit) => this.readParts(options, container, tail, visit);
      if (lastLines !== undefined) {
        // The last lines are counted from the end of the log, as the engine does it.
        const wish = { lines: lastLines, mostBytes: Number.POSITIVE_INFINITY };
        const { cut } = await readTail(wish, read, (line) => {
          if (upTo === undefined || compareTime(line, upTo.time) <= 0) this.take(line);
        });
        if (cut) throw brokenOff(container);
      } else if (upTo === undefined) {
        if (!(await readWhole(read, this.take))) throw brokenOff(container);
      } else await this.readUpTo(options, container, upTo);
    } catch (error) {
      if (!signal.aborted) onError?.(error, container);
    } finally {
      this.ended = true;
      this.came.ring();
    }
  }

  /**
   * Reads on until a line proves that nothing before it is missing. The engine is not told where to end: an answer that ends
   * there looks like one that was cut.
   */
  private async readUpTo(options: ReadMergedOptions, container: LogContainer, upTo: UpTo): Promise<void> {
    const { tailOf, onRead, onCut, cutAt, signal } = options;
    const read: ReadParts = (tail, visit) => this.readParts(options, container, tail, visit);
    let last: EngineTime | undefined;
    const { before } = upTo;
    const show = (line: Line): void => {
      last = { sec: line.sec, nanos: line.nanos };
      this.push(line, factsOf(this.lane.source, line), before);
    };
    const end =
      before === undefined
        ? new EndByTime(upTo, upTo.newest ?? (await newestOf(read)), show)
        : new EndBeforeHeld(upTo, before, show);
    const visit = (line: Line): void => {
      if (compareTime(line, upTo.time) <= 0) end.visit(line);
    };
    const parts = await this.readParts(options, container, tailOf?.(container) ?? 'all', visit, (line) =>
      end.isBeyond(line),
    );
    onRead?.(container, parts);
    const outcome = end.outcome(last !== undefined);
    if (outcome === 'whole' || signal.aborted) return;
    const at = last ?? (outcome === 'set-back' ? before : undefined);
    if (cutAt === undefined || at === undefined) throw brokenOff(container);
    const text = outcome === 'set-back' ? mayBeSetBack(container.name) : mayBeMissing(container.name);
    const bytes = Buffer.from(text);
    const marker: Line = { stream: 1, bytes, start: 0, end: bytes.length, ...cutAt(at), cut: false };
    this.push(marker, { source: this.lane.source, stream: MARKER_STREAM, level: NO_LEVEL, flags: 0 }, before);
    onCut?.(container);
  }

  private readonly take = (line: Line): void => {
    this.push(line, factsOf(this.lane.source, line));
  };

  /** What stands before a line in the log is told before it, also where it is of the other stream and a little later. */
  private push(line: Line, facts: Facts, before: EngineTime = line): void {
    this.lane.push(line, facts, 0, compareTime(line, before) > 0 ? before : line);
  }

  /** Ends before the first line that is beyond what is wanted; answers how many parts there were up to it. */
  private async readParts(
    { gateway, since, signal }: ReadMergedOptions,
    { id, tty }: LogContainer,
    tail: number | 'all',
    visit: LineVisitor,
    isBeyond: (line: Line) => boolean = () => false,
  ): Promise<number> {
    const options: LogsOptions = { follow: false, tail, signal, ...(since === undefined ? {} : { since }) };
    let parts: number | undefined;
    const joiner = createJoiner(tty, (line) => {
      if (isBeyond(line)) parts ??= joiner.parts;
      else if (parts === undefined) visit(line);
    });
    await gateway.containers.drainLogs(id, tty, options, {
      frame: (stream, bytes, start, end) => {
        joiner.push(stream, bytes, start, end);
      },
      piece: () => {
        this.came.ring();
        if (parts !== undefined) return 'stop';
        return this.lane.bytes > AHEAD_BYTES ? this.room() : undefined;
      },
    });
    // What was not read to its end is later than what is wanted.
    if (parts === undefined) joiner.flush();
    return parts ?? joiner.parts;
  }

  private async room(): Promise<void> {
    while (this.lane.bytes > AHEAD_BYTES && !this.signal.aborted) await this.taken.next(this.signal);
  }
}

function brokenOff({ name }: LogContainer): QuaysideError {
  return new QuaysideError('ENGINE_DOWN', say`The log of ${name} broke off before its newest line.`, {
    remedy: say`Read the logs again.`,
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
  let [batch, bytes] = [0, 0];
  const counted: Pick<LogStore, 'add'> = {
    add(line, facts) {
      bytes += line.end - line.start;
      store.add(line, facts);
    },
  };
  for (let head = heads[0]; head !== undefined; head = heads[0]) {
    head.shift(counted);
    batch += 1;
    if (head.waiting === 0) await readings.get(head)?.ready();
    if (head.waiting === 0) heads.shift();
    else sink(heads);
    if (batch < BATCH_ROWS && bytes < BATCH_BYTES) continue;
    yield undefined;
    [batch, bytes] = [0, 0];
  }
  yield undefined;
}
