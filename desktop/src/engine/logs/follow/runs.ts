import type { ContainerDetail } from '#engine/docker/index.ts';
import { compareTime, type EngineTime, parseTime } from '../parse/timestamp.ts';

interface RunsOptions {
  readonly running: boolean;
  /** When its newest run began (ISO), where that is known. */
  readonly started: string | undefined;
  /** Time of the line that came last. */
  readonly last: () => EngineTime | undefined;
  /** Hands over what a run that has ended wrote last without a line end. */
  readonly flush: () => void;
  /** Tells of a restart, with the exit code of the run before where that is known. */
  readonly restarted: (at: EngineTime, exitCode: number | undefined) => void;
}

interface Restart {
  readonly at: EngineTime;
  /** Of the run before, where that is known. */
  readonly exitCode: number | undefined;
}

type RunState = Pick<ContainerDetail, 'running' | 'restarting' | 'startedAt' | 'finishedAt' | 'exitCode'>;

/** The runs of one container: each restart is told of once, behind the lines of the run before and before those of the new one. */
export class Runs {
  readonly #options: RunsOptions;
  #hasRun: boolean;
  /** How the newest run ended, where it has. */
  #exitCode: number | undefined;
  /** Begin of the newest run known of. */
  #begun: EngineTime | undefined;
  /** A new run that is told of when the lines before it have come. */
  #restarted: Restart | undefined;

  constructor(options: RunsOptions) {
    this.#options = options;
    this.#hasRun = options.running;
    this.#begun = options.started === undefined ? undefined : parseTime(options.started);
  }

  /** What the engine says of the container now. */
  learn({ running, restarting, startedAt, finishedAt, exitCode }: RunState): void {
    const started = startedAt === undefined ? undefined : parseTime(startedAt);
    const finished = finishedAt === undefined ? undefined : parseTime(finishedAt);
    if (started !== undefined) this.#learnBegin(started, finished !== undefined && compareTime(finished, started) < 0);
    this.#exitCode = running && !restarting ? undefined : exitCode;
    this.#hasRun ||= running || restarting;
  }

  /** A line of this time comes next. */
  before(line: EngineTime): void {
    if (this.#restarted !== undefined && compareTime(line, this.#restarted.at) >= 0) this.#tell(this.#restarted);
  }

  /** No line of a run before the newest comes any more. */
  settle(): void {
    if (this.#restarted !== undefined) this.#tell(this.#restarted);
  }

  /**
   * The newest run began then; where it is another one than was known, the container has restarted. A busy engine notes
   * the begin of a run later than the first lines of it, so a line before it proves nothing: an earlier end does.
   */
  #learnBegin(at: EngineTime, endedBefore: boolean): void {
    const known = this.#begun;
    if (known !== undefined && compareTime(at, known) === 0) return;
    this.#begun = at;
    const restart = { at, exitCode: this.#exitCode };
    const last = this.#options.last();
    if (last === undefined || compareTime(at, last) > 0) {
      if (known === undefined && !endedBefore) return;
      this.#options.flush();
      if (this.#hasRun || last !== undefined) this.#restarted = restart;
    } else if (known !== undefined) this.#tell(restart);
  }

  #tell({ at, exitCode }: Restart): void {
    this.#restarted = undefined;
    this.#options.restarted(at, exitCode);
  }
}
