import { fingerprint } from '../parse/hash.ts';
import type { Line, StreamNumber } from '../parse/joiner.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';

/**
 * `new`: keep it. `stepped`: keep it; the engine's clock was set back before it. `duplicate`: was delivered before. `gap`: a new line came before the last known one, so the engine was
 * asked for too little (or has rotated the rest away); nothing is taken until the gap is accepted or read again.
 */
export type Verdict = 'new' | 'stepped' | 'duplicate' | 'gap';

/** Where a container's log was left, and how the way back is proved. */
export interface Cursor {
  judge(line: Line): Verdict;
  /** Call before each new connection: from now on the last line has to be seen again first. */
  resume(): void;
  /** What lies between is gone: goes on with the next line. */
  acceptGap(): void;
  /** The earliest time at which a line not yet seen can lie; undefined before the first line. */
  since(): EngineTime | undefined;
  /** The last line in the order of the log. */
  last(): EngineTime | undefined;
}

const WINDOW = 4096;
/** Two streams of one log may be out of order against each other by some milliseconds; this is plenty. */
const DISORDER_SECONDS = 1;

interface Mark {
  stream: StreamNumber;
  sec: number;
  nanos: number;
  print: number;
  /** How many lines equal to this one, time included, have come: a coarse clock gives many lines one time. */
  same: number;
}

/** The newest time of one stream, and how often each fingerprint has come at it. */
interface Latest {
  sec: number;
  nanos: number;
  print: number;
  /** Absent while one line has this time. */
  ties: Map<number, number> | undefined;
}

/** The last lines of a container, to recognise those that an engine delivers twice. */
class Window {
  private readonly sec = new Uint32Array(WINDOW);
  private readonly nanos = new Uint32Array(WINDOW);
  private readonly print = new Uint32Array(WINDOW);
  private next = 0;

  add(time: EngineTime, print: number): void {
    this.sec[this.next] = time.sec;
    this.nanos[this.next] = time.nanos;
    this.print[this.next] = print;
    this.next = (this.next + 1) % WINDOW;
  }

  has(time: EngineTime, print: number): boolean {
    for (let at = 0; at < WINDOW; at += 1) {
      if (this.print[at] === print && this.nanos[at] === time.nanos && this.sec[at] === time.sec) return true;
    }
    return false;
  }
}

/**
 * The log of a container is one file that only grows, so a read with `tail` is an unbroken end of it. When the line seen
 * last is met in it again, everything behind that line is new and nothing is missing. This needs no comparison of clocks.
 * Only where a read begins amid lines of one stream that agree in text and in every nanosecond could one of them be taken for another.
 */
export function createCursor(): Cursor {
  return new LogCursor();
}

class LogCursor implements Cursor {
  private readonly window = new Window();
  /** By stream number. */
  private readonly latest: (Latest | undefined)[] = [];
  /** The line kept last, filled anew: an object per line would be most of the work. `sec` is -1 before the first. */
  private readonly mark: Mark = { stream: 1, sec: -1, nanos: 0, print: 0, same: 1 };
  private resuming = false;
  private seenAgain = 0;

  judge(line: Line): Verdict {
    const print = (fingerprint(line.bytes, line.start, line.end) ^ line.stream) >>> 0;
    return this.resuming && this.mark.sec >= 0 ? this.judgeResumed(line, print) : this.judgeLive(line, print);
  }

  resume(): void {
    this.resuming = this.mark.sec >= 0;
    this.seenAgain = 0;
  }

  acceptGap(): void {
    this.resuming = false;
  }

  since(): EngineTime | undefined {
    if (this.mark.sec < 0) return undefined;
    const times = this.latest.filter((time) => time !== undefined).sort(compareTime);
    const earliest = times[0] ?? { sec: this.mark.sec, nanos: this.mark.nanos };
    return times.length > 1 ? earliest : { sec: earliest.sec - DISORDER_SECONDS, nanos: earliest.nanos };
  }

  last(): EngineTime | undefined {
    return this.mark.sec < 0 ? undefined : { sec: this.mark.sec, nanos: this.mark.nanos };
  }

  private judgeLive(line: Line, print: number): Verdict {
    const known = this.latest[line.stream];
    const order = known === undefined ? 1 : compareTime(line, known);
    // Backwards within one stream: either delivered twice by a rotation, or the clock was set back.
    if (order < 0 && this.window.has(line, print)) return 'duplicate';
    this.remember(line, print, known, order);
    return order < 0 ? 'stepped' : 'new';
  }

  private judgeResumed(line: Line, print: number): Verdict {
    if (line.stream === this.mark.stream && print === this.mark.print && compareTime(line, this.mark) === 0) {
      this.seenAgain += 1;
      if (this.seenAgain === this.mark.same) this.resuming = false;
      return 'duplicate';
    }
    return compareTime(line, this.latest[line.stream] ?? this.mark) <= 0 ? 'duplicate' : 'gap';
  }

  private remember(line: Line, print: number, known: Latest | undefined, order: number): void {
    const { stream, sec, nanos } = line;
    this.mark.same = 1;
    if (known === undefined) {
      this.latest[stream] = { sec, nanos, print, ties: undefined };
    } else if (order !== 0) {
      // Also backwards: what comes next is later than this, and a read that begins at the old time would leave it out.
      known.sec = sec;
      known.nanos = nanos;
      known.print = print;
      known.ties = undefined;
    } else {
      known.ties ??= new Map([[known.print, 1]]);
      this.mark.same = (known.ties.get(print) ?? 0) + 1;
      known.ties.set(print, this.mark.same);
    }
    this.mark.stream = stream;
    this.mark.sec = sec;
    this.mark.nanos = nanos;
    this.mark.print = print;
    this.window.add(line, print);
  }
}
