import type { LogLine } from '#contract/index.ts';
import { type Core, isOver } from './core.ts';
import { EarlierLines } from './earlier-lines.ts';
import { LaterLines } from './later-lines.ts';
import type { Ring } from './line-ring.ts';
import { lineNextTo, type Step, type StepFrom } from './log-history.ts';
import { LogPast } from './log-past.ts';
import { type LogRequest, type LogSink, type NextFrame, pullLines } from './log-pull.ts';
import { type LogsState, takePage } from './logs-state.ts';

/** Until the view has told how many rows it shows. */
const rowsAtFirst = 100;

/** Where it is told what has changed. */
interface View {
  get: () => LogsState;
  set: (changes: Partial<LogsState>) => void;
}

/** Keeps the ring filled: with what comes, as long as there is room for it, and with what the view is scrolled to. */
export class LogReading {
  /** How many rows are in sight. */
  rows = rowsAtFirst;
  readonly #core: Core;
  readonly #lines: Ring<LogLine>;
  readonly #nextFrame: NextFrame;
  readonly #view: View;
  readonly #earlier: EarlierLines;
  readonly #later: LaterLines;
  readonly #past = new LogPast();
  #request: LogRequest | undefined;
  /** Ends what comes by itself. */
  #pull = new AbortController();
  /** Since when the core runs whose lines these are. */
  #coreSince: string | undefined;
  #loadingLater: Promise<void> | undefined;

  constructor(core: Core, lines: Ring<LogLine>, nextFrame: NextFrame, view: View) {
    this.#core = core;
    this.#lines = lines;
    this.#nextFrame = nextFrame;
    this.#view = view;
    this.#earlier = new EarlierLines(core, lines, this.#past);
    this.#later = new LaterLines(core, lines, this.#past);
  }

  begin(request: LogRequest): void {
    this.#request = request;
    this.goOn();
  }

  /** Reads what comes: behind this seq, or from the end. */
  goOn(after?: number): void {
    if (this.#request === undefined) return;
    this.#pull.abort();
    this.#pull = new AbortController();
    const signal = AbortSignal.any([this.#request.signal, this.#pull.signal]);
    void pullLines(this.#core, { ...this.#request, signal }, this.#sink, this.#nextFrame, after);
  }

  next(request: LogRequest, from: StepFrom): Promise<Step> {
    return lineNextTo(this.#core, request, this.#past, from);
  }

  async loadEarlier(): Promise<void> {
    const request = this.#request;
    const { get, set } = this.#view;
    if (request === undefined || get().loadingEarlier || get().atStart || this.#isOfAnotherCore()) return;
    set({ loadingEarlier: true });
    const { left = false, ...changes } = await this.#earlier.load(request, () => !get().following);
    if (left) this.#pull.abort();
    const paused = left ? { paused: true, ahead: undefined } : {};
    set({ ...changes, ...paused, version: get().version + 1, loadingEarlier: false });
  }

  /** Resolves with the step that is under way, where there is one. */
  loadLater(): Promise<void> {
    this.#loadingLater ??= this.#readLater().finally(() => {
      this.#loadingLater = undefined;
    });
    return this.#loadingLater;
  }

  async #readLater(): Promise<void> {
    const request = this.#request;
    const { get, set } = this.#view;
    if (request === undefined || !get().paused || this.#isOfAnotherCore()) return;
    const { end, left = false, problem } = await this.#later.load(request);
    // Meanwhile the view may have gone to the end by itself.
    if (isOver(request.signal) || !get().paused) return;
    const over = end === undefined ? {} : { paused: false, fresh: 0 };
    set({ ...over, ...(left ? { atStart: false } : {}), problem, version: get().version + 1 });
    if (end !== undefined) this.goOn(end);
  }

  /** A core that was started anew counts from the beginning again. While lines come by themselves, it is found out with them. */
  #isOfAnotherCore(): boolean {
    if (this.#core.state().hello?.startedAt === this.#coreSince) return false;
    if (!this.#view.get().paused) return true;
    this.#view.set({ paused: false });
    this.goOn();
    return true;
  }

  readonly #sink: LogSink = {
    take: (page, anew) => {
      const { get, set } = this.#view;
      if (anew) this.#coreSince = this.#core.state().hello?.startedAt;
      const changes = takePage(this.#lines, get(), page, anew);
      if (changes.paused === true) this.#pull.abort();
      set(this.#earlier.see(page, anew) ? { ...changes, atStart: false } : changes);
      return page.cursor;
    },
    takePast: (page, past) => {
      const { get, set } = this.#view;
      this.#coreSince = this.#core.state().hello?.startedAt;
      const changes = takePage(this.#lines, get(), { ...page, lines: [] }, true);
      this.#earlier.open(page, past);
      this.#pull.abort();
      set({ ...changes, paused: true, atStart: past.earlier === undefined });
    },
    rows: () => (this.#view.get().following ? this.rows : undefined),
    onProblem: (problem) => {
      this.#view.set({ problem, loading: false });
    },
  };
}
