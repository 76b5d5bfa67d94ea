import { fingerprint } from '../parse/hash.ts';
import type { JoinedLine, StreamNumber } from '../parse/joiner.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';

/**
 * `new`: keep it. `duplicate`: was delivered before. `gap`: a new line came before the last known one, so the engine was
 * asked for too little (or has rotated the rest away); nothing is taken until the gap is accepted or read again.
 */
export type Verdict = 'new' | 'duplicate' | 'gap';

/** Where a container's log was left, and how the way back is proved. */
export interface Cursor {
  judge(line: JoinedLine): Verdict;
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

interface Mark extends EngineTime {
  readonly stream: StreamNumber;
  readonly print: number;
  /** How many lines equal to this one, time included, have come: a coarse clock gives many lines one time. */
  readonly same: number;
}

/** The newest time of one stream and what was written at it. */
interface Latest extends EngineTime {
  readonly prints: number[];
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
 * last is met in it again, everything behind that line is new and nothing is missing. This needs no comparison of clocks. Only where a read begins amid
 * lines of one stream that agree in text and in every nanosecond could one of them be taken for another.
 */
export function createCursor(): Cursor {
  const window = new Window();
  const latest = new Map<StreamNumber, Latest>();
  let mark: Mark | undefined;
  let resuming = false;
  let seenAgain = 0;

  const remember = (line: JoinedLine, print: number): Verdict => {
    const { stream, sec, nanos } = line;
    const known = latest.get(stream);
    const order = known === undefined ? 1 : compareTime(line, known);
    if (order > 0) latest.set(stream, { sec, nanos, prints: [print] });
    else if (order === 0) known?.prints.push(print);
    const same = order === 0 ? (known?.prints.filter((other) => other === print).length ?? 1) : 1;
    mark = { stream, sec, nanos, print, same };
    window.add(line, print);
    return 'new';
  };

  const judgeLive = (line: JoinedLine, print: number): Verdict => {
    const known = latest.get(line.stream);
    // Backwards within one stream: either delivered twice by a rotation, or the clock was set back.
    const backwards = known !== undefined && compareTime(line, known) < 0;
    return backwards && window.has(line, print) ? 'duplicate' : remember(line, print);
  };

  const judgeResumed = (line: JoinedLine, print: number, last: Mark): Verdict => {
    if (line.stream === last.stream && print === last.print && compareTime(line, last) === 0) {
      seenAgain += 1;
      if (seenAgain === last.same) resuming = false;
      return 'duplicate';
    }
    return compareTime(line, latest.get(line.stream) ?? last) <= 0 ? 'duplicate' : 'gap';
  };

  return {
    judge(line) {
      const print = (fingerprint(line.bytes) ^ line.stream) >>> 0;
      return resuming && mark !== undefined ? judgeResumed(line, print, mark) : judgeLive(line, print);
    },
    resume() {
      resuming = mark !== undefined;
      seenAgain = 0;
    },
    acceptGap() {
      resuming = false;
    },
    since() {
      if (mark === undefined) return undefined;
      const times = [...latest.values()].sort(compareTime);
      const earliest = times[0] ?? mark;
      return times.length > 1 ? earliest : { sec: earliest.sec - DISORDER_SECONDS, nanos: earliest.nanos };
    },
    last: () => mark,
  };
}
