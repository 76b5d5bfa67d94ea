import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { LogContainer } from './log-container.ts';
import { LogStream, type Outcome, type StreamDeps } from './log-stream.ts';
import { createPause, type Pause } from './pause.ts';
import { mayBeMissing } from './read-tail.ts';
import { Runs } from './runs.ts';

export interface FollowerDeps extends StreamDeps {
  /** The history has been read, or there is none to wait for. */
  readonly caughtUp: () => void;
  /** The follower began or stopped to expect lines. */
  readonly onActivity: () => void;
}

export interface Follower {
  /** False while the container is stopped and everything it wrote has been read. */
  readonly active: boolean;
  update(container: LogContainer): void;
  /** The container is gone: reads what is left, then ends. */
  leave(): void;
  dispose(): void;
}

/** Answers that end before the newest line, none of them with a new one, until the list says so. */
const MOST_CUT = 3;
const LEAVE_MS = 2000;
const QUIET_MS = 50;

export function createFollower(container: LogContainer, deps: FollowerDeps): Follower {
  return new ContainerFollower(container, deps);
}

class ContainerFollower implements Follower {
  active = true;
  private container: LogContainer;
  private readonly deps: FollowerDeps;
  private readonly abort = new AbortController();
  private readonly pause: Pause;
  private leaving = false;
  /** Answers in a row that ended before the newest line. */
  private cuts = 0;
  private readonly runs: Runs;
  private readonly stream: LogStream;
  private quiet: NodeJS.Timeout | undefined;

  constructor(container: LogContainer, deps: FollowerDeps) {
    this.container = container;
    this.deps = deps;
    this.runs = new Runs({
      running: container.running,
      started: container.started,
      last: () => this.stream.last(),
      flush: () => {
        this.stream.flush();
      },
      restarted: (at, exitCode) => {
        const { name } = this.container;
        deps.marker(
          exitCode === undefined ? say`${name} restarted` : say`${name} restarted after exit code ${exitCode}`,
          at,
        );
      },
    });
    this.pause = createPause(this.abort.signal);
    this.stream = new LogStream(deps, {
      container: () => this.container,
      signal: this.abort.signal,
      before: (line) => {
        this.cuts = 0;
        this.pause.reset();
        this.runs.before(line);
      },
      arrived: () => {
        this.restartQuiet();
      },
      wentWell: () => {
        this.pause.reset();
      },
      inspect: () => this.inspect(),
    });
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
        const outcome = await this.stream.read();
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
        this.stream.flush();
        return false;
      case 'read':
        this.caughtUp();
        return this.container.running || this.leaving || this.sleep();
      case 'gap':
        this.stream.widen();
        return true;
      case 'cut':
        if (this.leaving) return false;
        await this.pause.growing();
        return this.look();
      case 'ended':
        return this.afterEnd();
    }
  }

  /** The stream ended in order: the container has stopped, and may run again already. */
  private async afterEnd(): Promise<boolean> {
    if (this.leaving) {
      this.caughtUp();
      this.stream.flush();
      return false;
    }
    // Else that it does not run was known before; this was its history.
    if (this.container.running || this.stream.connections > 1) {
      this.caughtUp();
      await this.pause.growing();
      if (!(await this.look())) return false;
      if (this.container.running) return true;
    }
    try {
      const whole = await this.stream.hasNewest();
      if (!whole && ++this.cuts < MOST_CUT) return true;
      if (!whole) this.deps.marker(mayBeMissing(this.container.name), this.stream.now());
    } catch (error) {
      return this.next(this.stream.outcomeOf(error));
    }
    return this.sleep();
  }

  /** Asks the engine what became of the container; false where it is gone. */
  private async look(): Promise<boolean> {
    if ((await this.inspect()) !== 'gone') return true;
    this.stream.flush();
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
    this.stream.flush();
    this.setActive(false);
    await this.pause.untilWoken();
    if (this.abort.signal.aborted || this.leaving) return false;
    this.setActive(true);
    return this.look();
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
}
