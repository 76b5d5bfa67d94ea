import { QuaysideError } from '#contract/index.ts';
import type { DockerGateway, LogsOptions } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { createJoiner, type Joiner, type Line } from '../parse/joiner.ts';
import { decode } from '../parse/text.ts';
import { compareTime, type EngineTime, sinceParameter, timeOf } from '../parse/timestamp.ts';
import { createCursor } from './cursor.ts';
import { createPause, type Pause } from './pause.ts';
import { readHistory, readNewest } from './read-history.ts';
import { mayBeMissing } from './read-tail.ts';
import { Runs } from './runs.ts';

/** A container whose log is followed. */
export interface LogContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly tty: boolean;
  readonly running: boolean;
  /** When the engine created it (ISO): the time of the line that tells of a recreation. */
  readonly created?: string;
  /** Version of the release it belongs to, where its image says so. */
  readonly version?: string | undefined;
  /** When its newest run began (ISO), where that is known. */
  readonly started?: string | undefined;
}

export interface FollowerDeps {
  readonly gateway: DockerGateway;
  readonly line: (line: Line) => void;
  /** What was read at once has been handed over. */
  readonly batch: () => void;
  readonly marker: (text: string, time: EngineTime) => void;
  /** The log was read from its beginning: the engine has nothing older. */
  readonly whole: () => void;
  /** The history has been read, or there is none to wait for. */
  readonly caughtUp: () => void;
  /** An attempt failed; it is made again as long as the container is there. */
  readonly onError: (error: unknown, container: LogContainer) => void;
  /** The follower began or stopped to expect lines. */
  readonly onActivity: () => void;
  /** Lines of history. */
  readonly tail: number | 'all';
  /** Beyond so much text of history, fewer lines do. */
  readonly mostBytes: number;
  readonly since?: string | undefined;
}

export interface Follower {
  /** False while the container is stopped and everything it wrote has been read. */
  readonly active: boolean;
  update(container: LogContainer): void;
  /** The container is gone: reads what is left, then ends. */
  leave(): void;
  dispose(): void;
}

type Outcome = 'read' | 'ended' | 'cut' | 'gap' | 'unreadable' | 'gone';

const FIRST_TAIL = 1000;
/** Right behind the history little can have come. */
const TAIL_BEHIND_HISTORY = 100;
const WIDER = 8;
/** Answers that end before the newest line, none of them with a new one, until the list says so. */
const MOST_CUT = 3;
const LEAVE_MS = 2000;
const QUIET_MS = 50;
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

export function createFollower(container: LogContainer, deps: FollowerDeps): Follower {
  return new ContainerFollower(container, deps);
}

class ContainerFollower implements Follower {
  active = true;
  private container: LogContainer;
  private readonly deps: FollowerDeps;
  private readonly abort = new AbortController();
  private readonly pause: Pause;
  private readonly cursor = createCursor();
  private tail: number | 'all' = FIRST_TAIL;
  private leaving = false;
  /** How many lines of history are to be read still. */
  private wanted: number | undefined;
  private gap = false;
  private connections = 0;
  private linesOfConnection = 0;
  /** Answers in a row that ended before the newest line. */
  private cuts = 0;
  private provedSilent = false;
  private readonly runs: Runs;
  private quiet: NodeJS.Timeout | undefined;
  private joiner: Joiner | undefined;

  constructor(container: LogContainer, deps: FollowerDeps) {
    this.container = container;
    this.deps = deps;
    this.runs = new Runs({
      running: container.running,
      started: container.started,
      last: () => this.cursor.last(),
      flush: () => {
        this.flush();
      },
      restarted: (at, exitCode) => {
        const { name } = this.container;
        deps.marker(
          exitCode === undefined ? say`${name} restarted` : say`${name} restarted after exit code ${exitCode}`,
          at,
        );
      },
    });
    this.wanted = deps.tail === 'all' || deps.tail === 0 ? undefined : deps.tail;
    this.pause = createPause(this.abort.signal);
    void this.run();
  }

  update(container: LogContainer): void {
    this.container = container;
    if (container.running) this.pause.wake();
  }

  leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    this.pause.wake();
    setTimeout(() => {
      this.dispose();
    }, LEAVE_MS).unref();
  }

  dispose(): void {
    clearTimeout(this.quiet);
    this.abort.abort();
  }

  private async run(): Promise<void> {
    try {
      while (!this.abort.signal.aborted) {
        const { wanted } = this;
        const outcome = await (wanted === undefined ? this.connect() : this.readHistory(wanted));
        if (!(await this.next(outcome))) break;
      }
    } catch (error) {
      this.deps.onError(error, this.container);
    }
    this.caughtUp();
    this.setActive(false);
  }

  /** What to do behind a connection; false ends the follower. */
  private async next(outcome: Outcome): Promise<boolean> {
    if (this.abort.signal.aborted) return false;
    switch (outcome) {
      case 'gone':
      case 'unreadable':
        this.flush();
        return false;
      case 'read':
        this.caughtUp();
        return this.container.running || this.leaving || this.sleep();
      case 'gap':
        this.tail = this.tail === 'all' || this.tail > FIRST_TAIL * WIDER ? 'all' : this.tail * WIDER;
        return true;
      case 'cut':
        if (this.leaving) return false;
        await this.pause.growing();
        return this.look();
      case 'ended':
        return this.afterEnd();
    }
  }

  /** The last lines that there are. A read that does not go on tells where they end. */
  private async readHistory(lines: number): Promise<Outcome> {
    try {
      const { gateway, mostBytes, since } = this.deps;
      const wish = { lines, mostBytes, since, signal: this.abort.signal };
      const { whole, cut } = await readHistory(gateway, () => this.container, wish, this.take);
      // While it runs, what is missing comes when it is followed from the last line that came.
      if (cut && !this.container.running) {
        this.deps.marker(mayBeMissing(this.container.name), this.now());
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
    const { id, tty } = this.container;
    const joiner = createJoiner(tty, this.take);
    const began = performance.now();
    this.gap = false;
    this.linesOfConnection = 0;
    this.joiner = joiner;
    this.cursor.resume();
    const { signal } = this.abort;
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
            this.restartQuiet();
            if (looked) return undefined;
            return this.inspect().then((known) => {
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
      if (lasted > GOOD_MS) this.pause.reset();
    }
  }

  private options(): LogsOptions {
    const since = this.cursor.since();
    if (since !== undefined) return { follow: true, tail: this.tail, since: sinceParameter(since) };
    const first = { follow: true, tail: this.provedSilent ? ('all' as const) : this.deps.tail };
    return this.deps.since === undefined ? first : { ...first, since: this.deps.since };
  }

  private outcomeOf(error: unknown): Outcome {
    if (this.abort.signal.aborted) return 'gone';
    if (error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND') return 'gone';
    this.deps.onError(error, this.container);
    if (!cannotBeRead(error)) return 'cut';
    const reason = error instanceof Error ? error.message : String(error);
    this.deps.marker(say`The log of ${this.container.name} cannot be read: ${reason}`, this.now());
    return 'unreadable';
  }

  private gapOr(outcome: Outcome): Outcome {
    return this.gap && !this.abort.signal.aborted ? 'gap' : outcome;
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
        say`Lines of ${this.container.name} are missing here: the engine no longer has them.`,
        this.now(),
      );
      this.cursor.acceptGap();
      verdict = this.cursor.judge(line);
    }
    if (verdict === 'duplicate') return;
    if (verdict === 'stepped') {
      this.deps.marker(say`The engine's clock was set back here, in the lines of ${this.container.name}.`, line);
    }
    // The way back is proved: the next connection may ask for little again.
    this.tail = FIRST_TAIL;
    this.linesOfConnection += 1;
    this.cuts = 0;
    this.pause.reset();
    this.runs.before(line);
    this.deps.line(line);
  };

  /** The stream ended in order: the container has stopped, and may run again already. */
  private async afterEnd(): Promise<boolean> {
    if (this.leaving) {
      this.caughtUp();
      this.flush();
      return false;
    }
    // Else that it does not run was known before; this was its history.
    if (this.container.running || this.connections > 1) {
      this.caughtUp();
      await this.pause.growing();
      if (!(await this.look())) return false;
      if (this.container.running) return true;
    }
    try {
      const whole = await this.hasNewest();
      if (!whole && ++this.cuts < MOST_CUT) return true;
      if (!whole) this.deps.marker(mayBeMissing(this.container.name), this.now());
    } catch (error) {
      return this.next(this.outcomeOf(error));
    }
    return this.sleep();
  }

  /** Whether the newest line of the log has come: an answer that something on the way cut between two lines ends like a whole one. */
  private async hasNewest(): Promise<boolean> {
    const { gateway, since } = this.deps;
    const newest = await readNewest(gateway, this.container, { since, signal: this.abort.signal });
    if (newest === undefined) return true;
    if (!newest.ended) this.flush();
    const last = this.cursor.last();
    return last !== undefined && compareTime(last, newest) === 0;
  }

  /** Asks the engine what became of the container; false where it is gone. */
  private async look(): Promise<boolean> {
    if ((await this.inspect()) !== 'gone') return true;
    this.flush();
    return false;
  }

  private async inspect(): Promise<'known' | 'unknown' | 'gone'> {
    try {
      const detail = await this.deps.gateway.containers.inspect(this.container.id);
      this.container = { ...this.container, running: detail.running || detail.restarting };
      this.runs.learn(detail);
      return 'known';
    } catch (error) {
      if (error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND') return 'gone';
      this.deps.onError(error, this.container);
      return 'unknown';
    }
  }

  /** Rests until the container runs again; false when it has gone instead. */
  private async sleep(): Promise<boolean> {
    this.caughtUp();
    this.flush();
    this.setActive(false);
    await this.pause.untilWoken();
    if (this.abort.signal.aborted || this.leaving) return false;
    this.setActive(true);
    return this.look();
  }

  /** What the container wrote last without a line end. */
  private flush(): void {
    this.joiner?.flush();
  }

  private setActive(active: boolean): void {
    if (this.active === active) return;
    this.active = active;
    this.deps.onActivity();
  }

  private restartQuiet(): void {
    if (this.quiet === undefined) this.quiet = setTimeout(this.caughtUp, QUIET_MS);
    else this.quiet.refresh();
  }

  private readonly caughtUp = (): void => {
    clearTimeout(this.quiet);
    this.runs.settle();
    this.deps.caughtUp();
  };

  private now(): EngineTime {
    return this.cursor.last() ?? timeOf(Date.now());
  }
}
