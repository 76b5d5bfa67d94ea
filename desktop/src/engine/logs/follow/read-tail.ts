import { say } from '#kit/say.ts';
import type { Line, LineVisitor } from '../parse/joiner.ts';
import { compareTime } from '../parse/timestamp.ts';

/** The sentence of the marker where an answer ended too early. */
export function mayBeMissing(name: string): string {
  return say`Lines of ${name} may be missing here: the engine's answer broke off.`;
}

/** The sentence of the marker where lines have no certain place in time. */
export function mayBeSetBack(name: string): string {
  return say`Lines of ${name} may be missing here: the clock of the engine was set back.`;
}

/** Reads the last `tail` parts of a log, shows the lines that they make, and answers how many parts came. */
export type ReadParts = (tail: number | 'all', visit: LineVisitor) => Promise<number>;

export interface TailWish {
  /** Whole lines wanted from the end of the log. */
  readonly lines: number;
  /** Where there is so much text in fewer lines, those do. */
  readonly mostBytes: number;
}

export interface TailRead {
  /** The log has nothing older. */
  readonly whole: boolean;
  /** Each answer ended before the newest line that the log had: others may be missing. */
  readonly cut: boolean;
}

/** Answers that end too early before what came of the last of them is taken. */
const MOST_CUT = 3;
/** What is held of a log while it is not known how many lines of it are too many; what is more is read again. */
const HELD_BYTES = 20 * 1024 * 1024;
const WIDER = 2;
const MUCH_WIDER = 8;
/** Beyond this, the whole log is asked for. */
const LONGEST_TAIL = 4_000_000;

/** What tells a line from others of its container. */
export type Mark = Pick<Line, 'stream' | 'sec' | 'nanos'>;

export function isSame(left: Mark | undefined, right: Mark): boolean {
  return left?.stream === right.stream && compareTime(left, right) === 0;
}

/** The lines of one read. */
class Seen {
  count = 0;
  bytes = 0;
  first: Mark | undefined;
  last: Mark | undefined;
  found = false;
  private readonly sought: Mark | undefined;
  /** Undefined once they are too much to be held. */
  held: Line[] | undefined = [];

  /** Looks out for a line that has to come. */
  constructor(sought?: Mark) {
    this.sought = sought;
  }

  readonly take = (line: Line): void => {
    const { bytes, start, end } = line;
    const mark: Mark = { stream: line.stream, sec: line.sec, nanos: line.nanos };
    this.count += 1;
    this.first ??= mark;
    this.last = mark;
    this.found ||= isSame(this.sought, mark);
    this.bytes += end - start;
    if (this.bytes > HELD_BYTES) this.held = undefined;
    // Copied: the memory of a line is used again.
    this.held?.push({ ...line, bytes: Uint8Array.prototype.slice.call(bytes, start, end), start: 0, end: end - start });
  };
}

/**
 * Shows the last whole lines of a log. The engine counts the 16 KiB parts of a line, not the lines, and may begin amid one, so
 * one part more than lines is asked for, and many more where the lines are long. An answer with fewer parts than asked for is
 * either the whole log or was cut between two of them, and its end may look the same: it counts when the newest line is in it.
 */
export async function readTail(wish: TailWish, read: ReadParts, visit: LineVisitor): Promise<TailRead> {
  let cuts = 0;
  let sought: Mark | undefined;
  for (let tail: number | 'all' = wish.lines + 1; ; ) {
    const seen = new Seen(sought);
    const parts = await read(tail, seen.take);
    const begun = tail === 'all' || parts < tail;
    sought = begun ? await missingIn(seen, sought, read) : undefined;
    if (sought !== undefined && ++cuts < MOST_CUT) continue;
    // The first line may lack its begin.
    const whole = begun ? seen.count : Math.max(0, seen.count - 1);
    if (begun || whole >= wish.lines || (whole > 0 && seen.bytes >= wish.mostBytes)) {
      const skip = seen.count - Math.min(whole, wish.lines);
      let cut = sought !== undefined;
      if (seen.held === undefined) cut = (await read(tail, behind(skip, visit))) < parts || cut;
      else for (const line of seen.held.slice(skip)) visit(line);
      return { whole: begun && skip === 0 && !cut, cut };
    }
    tail = wider(tail, wish.lines, parts / Math.max(1, seen.count));
  }
}

/** Shows all lines of a log; answers whether the newest was among them. */
export async function readWhole(read: ReadParts, visit: LineVisitor): Promise<boolean> {
  const seen = { sought: await newestOf(read), found: false };
  await read('all', (line) => {
    seen.found ||= isSame(seen.sought, line);
    visit(line);
  });
  return seen.found || seen.sought === undefined;
}

/** The newest line of the log where a read did not get there: it was cut, or the line was written meanwhile. */
async function missingIn(seen: Seen, sought: Mark | undefined, read: ReadParts): Promise<Mark | undefined> {
  // What was sought may also have left the log at its beginning.
  const { first } = seen;
  if (seen.found || (sought !== undefined && first !== undefined && compareTime(first, sought) > 0)) return undefined;
  const newest = await newestOf(read);
  return newest === undefined || isSame(seen.last, newest) ? undefined : newest;
}

/** The newest line of a log by itself; undefined where it has none, or none that has ended. */
export async function newestOf(read: ReadParts): Promise<Mark | undefined> {
  const seen = new Seen();
  await read(1, seen.take);
  return seen.last?.stream === 3 ? undefined : seen.last;
}

function behind(skip: number, visit: LineVisitor): LineVisitor {
  let left = skip;
  return (line) => {
    if (left > 0) left -= 1;
    else visit(line);
  };
}

function wider(tail: number | 'all', lines: number, partsPerLine: number): number | 'all' {
  if (tail === 'all') return tail;
  const guess = Math.ceil((lines + 1) * partsPerLine * 1.1);
  const next = Math.min(tail * MUCH_WIDER, Math.max(tail * WIDER, guess));
  return next > LONGEST_TAIL ? 'all' : next;
}
