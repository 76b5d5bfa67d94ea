import type { Line } from '../parse/joiner.ts';
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
  /** By number of a stream: of it only lines before this time. Then `newest` itself has to come, as a clock may have been set back. */
  readonly before?: readonly (EngineTime | undefined)[];
}

/** Whether an answer had all lines that were wanted of it, and where not, why. */
type Outcome = 'whole' | 'cut' | 'set-back';

/** An answer ends at the first line that is too late. */
export class EndByTime {
  private readonly upTo: UpTo;
  private readonly newest: Mark | undefined;
  private proved: boolean;

  constructor(upTo: UpTo, newest: Mark | undefined) {
    this.upTo = upTo;
    this.newest = newest;
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

/** An answer ends behind one certain line: a late one before it was written while a clock was ahead. */
export class EndAtLine {
  private readonly upTo: UpTo;
  private readonly wanted: Mark | undefined;
  private found = false;
  private late = false;

  constructor(upTo: UpTo, wanted: Mark | undefined) {
    this.upTo = upTo;
    this.wanted = wanted;
  }

  isBeyond(line: Line): boolean {
    const beyond = compareTime(line, this.upTo.beyond) > 0;
    this.found ||= isSame(this.wanted, line);
    this.late ||= beyond && !this.found;
    return beyond && this.found;
  }

  /** `some`: there were lines that were wanted. */
  outcome(some: boolean): Outcome {
    if (this.found) return this.late ? 'set-back' : 'whole';
    // A log that begins later has lost the line, and all before it.
    return this.late && !some ? 'whole' : 'cut';
  }
}
