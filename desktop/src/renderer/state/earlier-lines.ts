import type { LogLine, LogPage, Problem } from '#contract/index.ts';
import { type Core, isOver, problemFrom } from './core.ts';
import type { Ring } from './line-ring.ts';
import { type LogPast, linesOfStep, step } from './log-past.ts';
import type { LogRequest } from './log-pull.ts';
import { type PastAround, pastPage, unknownOf } from './past-page.ts';

/** Lines that a step looks for, where they are rare. */
const wanted = 500;
/** Number of the first line where reading begins in the past: what follows comes to the core's own numbers, from 1 on, but never beyond. */
const farBack = -1e12;
/** Pages that one step back asks the engine for at most. */
const readsBack = 10;

/** How far the past has been read, or that there is nothing older, as long as this is the oldest line here. */
interface Reached {
  readonly oldest: LogLine | undefined;
  readonly before: string | undefined;
  readonly atStart: boolean;
}

const unread: Reached = { oldest: undefined, before: undefined, atStart: false };

interface Found extends Omit<Reached, 'oldest'> {
  readonly lines: LogLine[];
  /** These are all there are up to this moment, in the place of those that are here; undefined where they come before them. */
  readonly replaces?: string | undefined;
  /** They are lines of the past. */
  readonly past: boolean;
}

interface EarlierStep {
  readonly atStart?: boolean;
  /** The newest lines left for the earlier ones. */
  readonly left?: boolean;
  readonly problem?: Problem;
}

/** What the page scrolls back to, in the ring of its lines. */
export class EarlierLines {
  readonly #core: Core;
  readonly #lines: Ring<LogLine>;
  readonly #past: LogPast;
  #reached = unread;

  constructor(core: Core, lines: Ring<LogLine>, past: LogPast) {
    this.#core = core;
    this.#lines = lines;
    this.#past = past;
  }

  /** Notes what a page tells; answers whether there may be lines besides those here. The history of a container may come late. */
  see({ earlier, since }: LogPage, anew: boolean): boolean {
    if (anew) {
      this.#reached = unread;
      this.#past.clear();
    }
    this.#past.whole = earlier;
    // Lines that were here when older ones left the core are still whole.
    if (anew || earlier !== since) this.#past.torn = earlier;
    return earlier !== undefined && !this.#isAtStart();
  }

  /** Begins with lines of the past, in the empty ring. */
  open(page: LogPage, { lines, earlier, upTo }: PastAround): void {
    this.see(page, true);
    this.#past.note(upTo);
    this.#lines.push(this.#past.numbered(lines, farBack));
    this.#reached = { oldest: this.#oldest, before: earlier, atStart: earlier === undefined };
  }

  /** Puts earlier lines into the ring; while it is `frozen` the newest leave where there is no room. Answers what changed. */
  async load(request: LogRequest, frozen: () => boolean): Promise<EarlierStep> {
    const oldest = this.#oldest;
    if (this.#isAtStart()) return { atStart: true };
    try {
      const before = this.#before();
      const held = before === undefined ? await this.#held(request) : undefined;
      const found = held ?? (await this.#readBack(request, before));
      // Meanwhile another request may have begun, or the oldest line may have left.
      if (isOver(request.signal) || this.#oldest !== oldest) return {};
      return this.#put(found, frozen());
    } catch (error) {
      return isOver(request.signal) ? {} : { problem: problemFrom(this.#core, error) };
    }
  }

  #isAtStart(): boolean {
    return this.#reached.atStart && this.#reached.oldest === this.#oldest;
  }

  /** Up to where the past is read on; undefined where the core is asked first. */
  #before(): string | undefined {
    const oldest = this.#oldest;
    if (this.#reached.oldest === oldest) return this.#reached.before;
    return oldest !== undefined && this.#past.has(oldest) ? oldest.time : undefined;
  }

  /** What the core holds whole before the oldest line; undefined where the past is next. */
  async #held({ environment, filter, signal }: LogRequest): Promise<Found | undefined> {
    const past = this.#past;
    const own = past.whole === undefined ? filter : { ...filter, behind: past.whole };
    const from = { before: this.#oldest?.seq ?? 0, limit: Math.min(wanted, linesOfStep(this.#lines)) };
    const page = await this.#core.client.logs.read({ environment, filter: own, ...from }, { signal });
    if (!isOver(signal)) past.whole = page.earlier;
    if (page.lines.length === 0 && past.whole !== undefined) return undefined;
    return { lines: page.lines, past: false, before: undefined, atStart: !page.more && past.whole === undefined };
  }

  async #readBack(request: LogRequest, from: string | undefined): Promise<Found> {
    const limit = linesOfStep(this.#lines);
    const upTo = from ?? this.#pastHere();
    const known = from === undefined ? [] : [...this.#lines].filter(({ time }) => time <= from);
    let lines: LogLine[] = [];
    let before: string | undefined = upTo;
    for (let read = 0; before !== undefined && lines.length < wanted && read < readsBack; read += 1) {
      this.#past.note(before);
      const page = await pastPage(this.#core, request, before, limit);
      lines = [...unknownOf(page.lines, known), ...lines];
      before = page.earlier;
    }
    const replaces = from === undefined ? upTo : undefined;
    return { lines, replaces, past: true, before, atStart: before === undefined };
  }

  /** Where the past ends that is read next: amid the lines here where others may be missing among them, else before them. */
  #pastHere(): string {
    const { torn = '', whole = '' } = this.#past;
    const times = [...this.#lines].map(({ time }) => time);
    const [oldest = whole] = times;
    if (oldest > torn) return oldest < whole ? oldest : whole;
    const latest = times.sort().at(-1) ?? torn;
    return latest < torn ? latest : torn;
  }

  #put({ lines: found, replaces, past, before, atStart }: Found, frozen: boolean): EarlierStep {
    const lines = this.#lines;
    const last = found.toReversed();
    const count = Math.min(lines.share(last, step), frozen ? last.length : lines.room(last));
    const all = count === found.length;
    if (count === 0 && !all) return { atStart: false };
    const taken = found.slice(found.length - count);
    const { end } = lines;
    const behind = (lines.at(end - 1)?.seq ?? 0) + 1;
    if (replaces !== undefined) lines.unshift(lines.shiftWhile(() => true).filter(({ time }) => time > replaces));
    const next = this.#oldest?.seq ?? behind;
    lines.unshift(past ? this.#past.numbered(taken, next - count) : taken);
    this.#reached = all ? { oldest: this.#oldest, before, atStart } : unread;
    return { atStart: all && atStart, left: lines.end < end };
  }

  get #oldest(): LogLine | undefined {
    return this.#lines.at(this.#lines.first);
  }
}
