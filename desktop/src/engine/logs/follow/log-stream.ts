import { QuaysideError } from '#contract/index.ts';
import type { DockerGateway, LogsOptions } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { createJoiner, type Joiner, type Line } from '../parse/joiner.ts';
import { decode } from '../parse/text.ts';
import { compareTime, type EngineTime, sinceParameter, timeOf } from '../parse/timestamp.ts';
import { createCursor } from './cursor.ts';
import type { LogContainer } from './log-container.ts';
import { readHistory, readNewest } from './read-history.ts';
import { mayBeMissing } from './read-tail.ts';

export interface StreamDeps {
  readonly gateway: DockerGateway;
  readonly line: (line: Line) => void;
  /** What was read at once has been handed over. */
  readonly batch: () => void;
  readonly marker: (text: string, time: EngineTime) => void;
  /** The log was read from its beginning: the engine has nothing older. */
  readonly whole: () => void;
  /** An attempt failed; it is made again as long as the container is there. */
  readonly onError: (error: unknown, container: LogContainer) => void;
  /** Lines of history. */
  readonly tail: number | 'all';
  /** Beyond so much text of history, fewer lines do. */
  readonly mostBytes: number;
  readonly since?: string | undefined;
}

/** Who decides when the log is read again. */
interface StreamOwner {
  readonly container: () => LogContainer;
  readonly signal: AbortSignal;
  /** A new line comes next. */
  readonly before: (line: Line) => void;
  /** Bytes have come. */
  readonly arrived: () => void;
  /** A connection has lasted. */
  readonly wentWell: () => void;
  /** Asks the engine what became of the container. */
  readonly inspect: () => Promise<'known' | 'unknown' | 'gone'>;
}

/** How reading ended: `read` and `ended` in order, `gap` because it was asked for too little, the others by a failure. */
export type Outcome = 'read' | 'ended' | 'cut' | 'gap' | 'unreadable' | 'gone';

const FIRST_TAIL = 1000;
/** Right behind the history little can have come. */
const TAIL_BEHIND_HISTORY = 100;
const WIDER = 8;
/** A connection that lasted this long without a line proves that there was no history. */
const SILENT_MS = 1000;
/** A connection that lasted this long was a good one, with or without lines. */
const GOOD_MS = 5000;

/** The logging driver keeps nothing that could be read: asking again is no use. */
function cannotBeRead(error: unknown): boolean {
  return (
    error instanceof QuaysideError && (error.details?.['status'] === 501 || /support reading/i.test(error.message))
  );
}

/** The log of one container, over any number of connections: each line once, in order, and a marker where some are missing. */
export class LogStream {
  connections = 0;
  private readonly deps: StreamDeps;
  private readonly owner: StreamOwner;
  private readonly cursor = createCursor();
  private tail: number | 'all' = FIRST_TAIL;
  /** How many lines of history are to be read still. */
  private wanted: number | undefined;
  private gap = false;
  private linesOfConnection = 0;
  private provedSilent = false;
  private joiner: Joiner | undefined;

  constructor(deps: StreamDeps, owner: StreamOwner) {
    this.deps = deps;
    this.owner = owner;
    this.wanted = deps.tail === 'all' || deps.tail === 0 ? undefined : deps.tail;
  }

  /** Reads the history, or follows the log until the connection ends. */
  read(): Promise<Outcome> {
    const { wanted } = this;
    return wanted === undefined ? this.connect() : this.readHistory(wanted);
  }

  /** Lets the next connection ask for more than the one before. */
  widen(): void {
    this.tail = this.tail === 'all' || this.tail > FIRST_TAIL * WIDER ? 'all' : this.tail * WIDER;
  }

  /** Time of the line that came last. */
  last(): EngineTime | undefined {
    return this.cursor.last();
  }

  /** The last lines that there are. A read that does not go on tells where they end. */
  private async readHistory(lines: number): Promise<Outcome> {
    try {
      const { gateway, mostBytes, since } = this.deps;
      const wish = { lines, mostBytes, since, signal: this.owner.signal };
      const { whole, cut } = await readHistory(gateway, this.owner.container, wish, this.take);
      // While it runs, what is missing comes when it is followed from the last line that came.
      if (cut && !this.owner.container().running) {
        this.deps.marker(mayBeMissing(this.owner.container().name), this.now());
      }
      this.provedSilent = this.cursor.last() === undefined;
      this.tail = TAIL_BEHIND_HISTORY;
      if (whole) this.deps.whole();
      this.deps.batch();
      return 'read';
    } catch (error) {
      return this.outcomeOf(error);
    } finally {
      // What follows the lines that came before a failure is found through them.
      if (this.provedSilent || this.cursor.last() !== undefined) this.wanted = undefined;
    }
  }

  private async connect(): Promise<Outcome> {
    const { id, tty } = this.owner.container();
    const joiner = createJoiner(tty, this.take);
    const began = performance.now();
    this.gap = false;
    this.linesOfConnection = 0;
    this.joiner = joiner;
    this.cursor.resume();
    const { signal } = this.owner;
    // The container may have restarted between the last look and this connection, which then never ends by it.
    let looked = this.connections === 0;
    try {
      await this.deps.gateway.containers.drainLogs(
        id,
        tty,
        { ...this.options(), signal },
        {
          frame: (stream, bytes, start, end) => {
            joiner.push(stream, bytes, start, end);
          },
          opened: () => {
            this.connections += 1;
          },
          piece: () => {
            // A new line came before the last known one: this connection was asked for too little.
            if (this.gap) return 'stop';
            this.deps.batch();
            this.owner.arrived();
            if (looked) return undefined;
            return this.owner.inspect().then((known) => {
              looked = known === 'known';
            });
          },
        },
      );
      return this.gapOr('ended');
    } catch (error) {
      // What was read of a line is read again.
      this.joiner = undefined;
      return this.gapOr(this.outcomeOf(error));
    } finally {
      const lasted = performance.now() - began;
      this.provedSilent ||= this.linesOfConnection === 0 && lasted > SILENT_MS;
      if (lasted > GOOD_MS) this.owner.wentWell();
    }
  }

  private options(): LogsOptions {
    const since = this.cursor.since();
    if (since !== undefined) return { follow: true, tail: this.tail, since: sinceParameter(since) };
    const first = { follow: true, tail: this.provedSilent ? ('all' as const) : this.deps.tail };
    return this.deps.since === undefined ? first : { ...first, since: this.deps.since };
  }

  /** What to do about a failure, of which it tells. */
  outcomeOf(error: unknown): Outcome {
    if (this.owner.signal.aborted) return 'gone';
    if (error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND') return 'gone';
    this.deps.onError(error, this.owner.container());
    if (!cannotBeRead(error)) return 'cut';
    const reason = error instanceof Error ? error.message : String(error);
    this.deps.marker(say`The log of ${this.owner.container().name} cannot be read: ${reason}`, this.now());
    return 'unreadable';
  }

  private gapOr(outcome: Outcome): Outcome {
    return this.gap && !this.owner.signal.aborted ? 'gap' : outcome;
  }

  private readonly take = (line: Line): void => {
    if (this.gap) return;
    if (line.stream === 3) {
      this.deps.marker(say`The engine says: ${decode(line.bytes.subarray(line.start, line.end))}`, this.now());
      return;
    }
    let verdict = this.cursor.judge(line);
    if (verdict === 'gap') {
      if (this.tail !== 'all') {
        this.gap = true;
        return;
      }
      this.deps.marker(
        say`Lines of ${this.owner.container().name} are missing here: the engine no longer has them.`,
        this.now(),
      );
      this.cursor.acceptGap();
      verdict = this.cursor.judge(line);
    }
    if (verdict === 'duplicate') return;
    if (verdict === 'stepped') {
      this.deps.marker(
        say`The engine's clock was set back here, in the lines of ${this.owner.container().name}.`,
        line,
      );
    }
    // The way back is proved: the next connection may ask for little again.
    this.tail = FIRST_TAIL;
    this.linesOfConnection += 1;
    this.owner.before(line);
    this.deps.line(line);
  };

  /** Whether the newest line of the log has come: an answer that something on the way cut between two lines ends like a whole one. */
  async hasNewest(): Promise<boolean> {
    const { gateway, since } = this.deps;
    const newest = await readNewest(gateway, this.owner.container(), { since, signal: this.owner.signal });
    if (newest === undefined) return true;
    if (!newest.ended) this.flush();
    const last = this.cursor.last();
    return last !== undefined && compareTime(last, newest) === 0;
  }

  /** What the container wrote last without a line end. */
  flush(): void {
    this.joiner?.flush();
  }

  /** The time of the line that came last, or the present. */
  now(): EngineTime {
    return this.cursor.last() ?? timeOf(Date.now());
  }
}
