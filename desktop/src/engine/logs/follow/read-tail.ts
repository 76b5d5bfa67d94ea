import type { Line, LineVisitor } from '../parse/joiner.ts';

/** Reads the last `tail` parts of a log, shows the lines that they make, and answers how many parts came. */
export type ReadParts = (tail: number | 'all', visit: LineVisitor) => Promise<number>;

export interface TailWish {
  /** Whole lines wanted from the end of the log. */
  readonly lines: number;
  /** Where there is so much text in fewer lines, those do. */
  readonly mostBytes: number;
}

/** What is held of a log while it is not known how many lines of it are too many; what is more is read again. */
const HELD_BYTES = 20 * 1024 * 1024;
const WIDER = 2;
const MUCH_WIDER = 8;
/** Beyond this, the whole log is asked for. */
const LONGEST_TAIL = 4_000_000;

/** The lines of one read. */
class Seen {
  count = 0;
  bytes = 0;
  /** Undefined once they are too much to be held. */
  held: Line[] | undefined = [];

  readonly take = (line: Line): void => {
    const { bytes, start, end } = line;
    this.count += 1;
    this.bytes += end - start;
    if (this.bytes > HELD_BYTES) this.held = undefined;
    // Copied: the memory of a line is used again.
    this.held?.push({ ...line, bytes: Uint8Array.prototype.slice.call(bytes, start, end), start: 0, end: end - start });
  };
}

/**
 * Shows the last whole lines of a log. The engine counts the 16 KiB parts of a line, not the lines, and may begin amid one, so
 * one part more than lines is asked for, and many more where the lines are long. Answers whether the log has nothing older.
 */
export async function readTail(wish: TailWish, read: ReadParts, visit: LineVisitor): Promise<boolean> {
  for (let tail: number | 'all' = wish.lines + 1; ; ) {
    const seen = new Seen();
    const parts = await read(tail, seen.take);
    const begun = tail === 'all' || parts < tail;
    // The first line may lack its begin.
    const whole = begun ? seen.count : Math.max(0, seen.count - 1);
    if (begun || whole >= wish.lines || (whole > 0 && seen.bytes >= wish.mostBytes)) {
      const skip = seen.count - Math.min(whole, wish.lines);
      if (seen.held === undefined) await read(tail, behind(skip, visit));
      else for (const line of seen.held.slice(skip)) visit(line);
      return begun && skip === 0;
    }
    tail = wider(tail, wish.lines, parts / Math.max(1, seen.count));
  }
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
