import type { LogLine, Problem } from '#contract/index.ts';
import { type Core, isOver, problemFrom } from './core.ts';
import type { Ring } from './line-ring.ts';
import { type LogPast, linesOfStep, step } from './log-past.ts';
import type { LogRequest } from './log-pull.ts';
import { pastAround, type PastPage, pastPage, unknownOf } from './past-page.ts';

interface Found {
  readonly lines: LogLine[];
  /** They are all of the past up to this moment; undefined where they are the core's. */
  readonly upTo?: string;
  /** After which seq to read on, where there is nothing more. */
  readonly end?: number | undefined;
}

type PastFound = Found & { readonly upTo: string };

interface LaterStep {
  /** Nothing more follows: read on after this seq. */
  readonly end?: number | undefined;
  /** The oldest lines left for the later ones. */
  readonly left?: boolean;
  readonly problem?: Problem;
}

/** What the page scrolls forward to again, after it left for earlier lines. */
export class LaterLines {
  readonly #core: Core;
  readonly #lines: Ring<LogLine>;
  readonly #past: LogPast;
  /** Up to which moment all of the past is here, as long as this is the newest line. */
  #reached: { readonly newest: LogLine | undefined; readonly upTo: string } = { newest: undefined, upTo: '' };

  constructor(core: Core, lines: Ring<LogLine>, past: LogPast) {
    this.#core = core;
    this.#lines = lines;
    this.#past = past;
  }

  /** Puts later lines into the ring; the oldest leave where there is no room. */
  async load(request: LogRequest): Promise<LaterStep> {
    const newest = this.#newest;
    if (newest === undefined) return {};
    try {
      const past = this.#past.has(newest) ? await this.#readBack(request, newest) : undefined;
      const found = past ?? (await this.#held(request, newest));
      // Meanwhile another request may have begun, or the newest line may have left.
      if (isOver(request.signal) || this.#newest !== newest) return {};
      return this.#put(found, newest);
    } catch (error) {
      return isOver(request.signal) ? {} : { problem: problemFrom(this.#core, error) };
    }
  }

  /** The next lines of the past; undefined where none follows. */
  async #readBack(request: LogRequest, newest: LogLine): Promise<Found | undefined> {
    let done = this.#reached.newest === newest ? this.#reached.upTo : undefined;
    // The engine is only read backwards: from the first place behind here from which it was read before, or nearer.
    for (const moment of this.#past.momentsFrom(newest.time)) {
      while (done === undefined || done < moment) {
        const found = await this.#between(request, newest, done, moment);
        if (found.lines.length > 0) return found;
        done = found.upTo;
      }
    }
    return undefined;
  }

  /** The first lines of the past that follow a line, up to a moment; up to `done` all are here. */
  async #between(request: LogRequest, { time }: LogLine, done: string | undefined, moment: string): Promise<PastFound> {
    const limit = linesOfStep(this.#lines);
    const follows = (other: string): boolean => (done === undefined ? other >= time : other > done);
    const known = [...this.#lines].filter((line) => line.time >= time);
    const around = await pastAround(this.#core, request, done ?? time, moment, limit);
    let next: PastFound = { lines: [], upTo: around.upTo };
    let { upTo } = around;
    for (let page: PastPage = around; ; page = await pastPage(this.#core, request, upTo, limit)) {
      this.#past.note(upTo);
      const later = page.lines.filter((line) => follows(line.time));
      const lines = unknownOf(later, known);
      if (lines.length > 0) next = { lines, upTo };
      if (page.earlier === undefined || page.earlier >= upTo || !follows(page.earlier)) return next;
      upTo = page.earlier;
    }
  }

  /** The next lines that the core holds. */
  async #held(request: LogRequest, newest: LogLine): Promise<Found> {
    const { environment, filter, signal } = request;
    const past = this.#past;
    const [isPast, from] = [past.has(newest), past.end];
    const page = await this.#core.client.logs.read(
      {
        ...{ environment, limit: linesOfStep(this.#lines), after: isPast ? 0 : newest.seq },
        filter: from === undefined ? filter : { ...filter, behind: from },
      },
      { signal },
    );
    if (!isOver(signal)) past.whole = page.earlier;
    const found = { lines: page.lines, end: page.more ? undefined : page.cursor };
    // Some of what the core held behind that line is of the past now.
    const left = (isPast || page.dropped > 0) && (past.whole ?? '') > ((isPast ? from : newest.time) ?? '');
    return left ? ((await this.#readBack(request, newest)) ?? found) : found;
  }

  #put({ lines: found, upTo, end }: Found, newest: LogLine): LaterStep {
    const lines = this.#lines;
    const { first } = lines;
    const taken = found.slice(0, lines.share(found, step));
    lines.push(upTo === undefined ? taken : this.#past.numbered(taken, newest.seq + 1));
    const all = taken.length === found.length;
    if (upTo !== undefined && all) this.#reached = { newest: this.#newest, upTo };
    return { left: lines.first > first, end: all ? end : undefined };
  }

  get #newest(): LogLine | undefined {
    return this.#lines.at(this.#lines.end - 1);
  }
}
