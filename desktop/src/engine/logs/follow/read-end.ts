import type { Line, LineVisitor } from '../parse/joiner.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';
import { isSame, type Mark } from './read-tail.ts';

/** How far a log is read. */
export interface UpTo {
  /** Newest line wanted. */
  readonly time: EngineTime;
  /** Where a later line than this comes, none that is wanted follows. */
  readonly beyond: EngineTime;
  /** A line that is known to be there, and none that is wanted behind it; the newest is asked for where it is left out. */
  readonly newest?: Mark;
  /** Only lines from before those held, the first of which has to come, as a clock may have been set back. */
  readonly before?: HeldFrom;
}

/** Where the lines held of a container begin: of each of its streams they are the last that the log has. */
export interface HeldFrom extends Mark {
  /** By number of a stream: the time of the first line held of it, and how many of those held have that very time. */
  readonly firsts: readonly ((EngineTime & { readonly count: number }) | undefined)[];
}

/** Where an answer ends. */
export interface End {
  /** Looks at each line in turn; from the first on that answers true nothing is wanted. */
  isBeyond(line: Line): boolean;
  /** Shows the lines that are wanted of those up to `time`. */
  visit(line: Line): void;
  /** `some`: lines have been shown. */
  outcome(some: boolean): Outcome;
}

/** Whether an answer had all lines that were wanted of it, and where not, why. */
type Outcome = 'whole' | 'cut' | 'set-back';

/** An answer ends at the first line that is too late. */
export class EndByTime implements End {
  readonly visit: LineVisitor;
  private readonly upTo: UpTo;
  private readonly newest: Mark | undefined;
  private proved: boolean;

  constructor(upTo: UpTo, newest: Mark | undefined, visit: LineVisitor) {
    this.upTo = upTo;
    this.newest = newest;
    this.visit = visit;
    this.proved = newest === undefined;
  }

  isBeyond(line: Line): boolean {
    const { upTo, newest } = this;
    const beyond = compareTime(line, upTo.beyond) > 0;
    this.proved ||= beyond || (line.stream === newest?.stream && compareTime(line, newest) >= 0);
    return beyond;
  }

  outcome(): Outcome {
    return this.proved ? 'whole' : 'cut';
  }
}

/** Lines of one stream that may be among those held: of the ones of the first time that is held, the last. */
class Seam {
  came = 0;
  private readonly first: EngineTime & { readonly count: number };
  private readonly keptBack: Line[] = [];

  constructor(first: EngineTime & { readonly count: number }) {
    this.first = first;
  }

  /** Fewer lines of that time have come than are held, although it is not later than this. */
  isShortAt(time: EngineTime): boolean {
    return this.came < this.first.count && compareTime(this.first, time) <= 0;
  }

  visit(line: Line, show: LineVisitor): void {
    const order = compareTime(line, this.first);
    if (order < 0) show(line);
    if (order !== 0) return;
    this.came += 1;
    const { bytes, start, end } = line;
    const own = Uint8Array.prototype.slice.call(bytes, start, end);
    this.keptBack.push({ ...line, bytes: own, start: 0, end: own.length });
    const older = this.came > this.first.count ? this.keptBack.shift() : undefined;
    if (older !== undefined) show(older);
  }
}

/**
 * An answer ends behind the first line that is held: a late one before it was written while a clock was ahead. Lines of one
 * stream may agree in time to the nanosecond; then only their count tells where those held begin.
 */
export class EndBeforeHeld implements End {
  private readonly upTo: UpTo;
  private readonly held: HeldFrom;
  private readonly show: LineVisitor;
  /** By number of a stream. */
  private readonly seams: readonly (Seam | undefined)[];
  private found = false;
  private late = false;
  /** A line came that none that is wanted follows. */
  private passed = false;
  /** The newest line known has come. */
  private ended: boolean;

  constructor(upTo: UpTo, held: HeldFrom, show: LineVisitor) {
    this.upTo = upTo;
    this.held = held;
    this.show = show;
    this.seams = held.firsts.map((first) => (first === undefined ? undefined : new Seam(first)));
    this.ended = upTo.newest === undefined;
  }

  isBeyond(line: Line): boolean {
    const beyond = compareTime(line, this.upTo.beyond) > 0;
    this.found ||= isSame(this.held, line);
    this.late ||= beyond && !this.found;
    this.ended ||= isSame(this.upTo.newest, line);
    this.passed ||= beyond && this.found;
    return this.passed;
  }

  visit(line: Line): void {
    const seam = this.seams[line.stream];
    if (seam === undefined) this.show(line);
    else seam.visit(line, this.show);
  }

  outcome(some: boolean): Outcome {
    const { late, passed, ended, upTo } = this;
    const short = this.seams.some((seam) => seam?.isShortAt(upTo.time));
    // A log that begins later has lost lines that are held, and all before them.
    if (short && !some && (late || passed || ended)) return 'whole';
    if (short || !(passed || ended)) return 'cut';
    return late ? 'set-back' : 'whole';
  }
}
