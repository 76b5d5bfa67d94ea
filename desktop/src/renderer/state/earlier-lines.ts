import type { LogLine, LogPage, Problem } from '#contract/index.ts';
import { type Core, isOver, problemFrom } from './core.ts';
import type { Ring } from './line-ring.ts';
import { linesBefore } from './log-history.ts';
import type { LogRequest } from './log-pull.ts';

const byTime = (a: LogLine, b: LogLine): number => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0);

/** Where the engine is read on, or that there is nothing older, as long as this is the oldest line here. */
interface Past {
  readonly oldest: LogLine | undefined;
  readonly before: string | undefined;
  readonly atStart: boolean;
}

const unread: Past = { oldest: undefined, before: undefined, atStart: false };

/** What the page scrolls back to, in the ring of its lines. */
export class EarlierLines {
  readonly #core: Core;
  readonly #lines: Ring<LogLine>;
  #past = unread;
  #whole: string | undefined;
  /** Lines that came from the engine: their numbers are not the core's. */
  readonly #readBack = new WeakSet<LogLine>();

  constructor(core: Core, lines: Ring<LogLine>) {
    this.#core = core;
    this.#lines = lines;
  }

  /** Notes what a page tells; answers whether there may be lines besides those here. The history of a container may come late. */
  see({ earlier }: LogPage, anew: boolean): boolean {
    if (anew) this.#past = unread;
    this.#whole = earlier;
    return earlier !== undefined && !(this.#past.atStart && this.#past.oldest === this.#oldest);
  }

  /** Puts earlier lines into the ring, as many as there is room for; answers what changed. */
  async load(request: LogRequest): Promise<{ atStart?: boolean; problem?: Problem }> {
    const lines = this.#lines;
    const oldest = this.#oldest;
    if (lines.full) return {};
    try {
      const before = this.#before(oldest);
      const from = { seq: oldest?.seq ?? 0, before, whole: this.#whole };
      const found = await linesBefore(this.#core, request, lines, from);
      // Meanwhile another request may have begun, or the oldest line may have left.
      if (isOver(request.signal) || this.#oldest !== oldest) return {};
      const room = found.readBack ? this.#merge(found.earlier) : lines.unshift(found.earlier);
      const atStart = room === found.earlier.length && found.atStart;
      this.#past = { oldest: this.#oldest, before: found.before, atStart };
      return { atStart };
    } catch (error) {
      return isOver(request.signal) ? {} : { problem: problemFrom(this.#core, error) };
    }
  }

  /** Where the engine is read on; undefined where the core is asked first. */
  #before(oldest: LogLine | undefined): string | undefined {
    if (this.#past.oldest === oldest) return this.#past.before;
    return oldest !== undefined && this.#readBack.has(oldest) ? oldest.time : undefined;
  }

  /** Puts lines before and among the oldest, in the order of time, numbered downwards. Answers how many had room. */
  #merge(earlier: readonly LogLine[]): number {
    const lines = this.#lines;
    const newest = earlier.at(-1)?.time ?? '';
    const taken = earlier.slice(earlier.length - lines.room(earlier.toReversed()));
    const head = lines.shiftWhile(({ time }) => time < newest);
    const first = (this.#oldest?.seq ?? 1) - head.length - taken.length;
    const merged = [...taken, ...head].sort(byTime).map((line, index) => ({ ...line, seq: first + index }));
    for (const line of merged) this.#readBack.add(line);
    lines.unshift(merged);
    return taken.length;
  }

  get #oldest(): LogLine | undefined {
    return this.#lines.at(this.#lines.first);
  }
}
