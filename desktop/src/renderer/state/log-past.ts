import type { LogLine } from '#contract/index.ts';
import type { Ring } from './line-ring.ts';
import { pageLimit } from './log-pull.ts';

const leastLines = 100;

/** One step brings no more than this share of what the ring may hold, so that what is in sight does not leave. */
export const step = 0.25;

/** How many lines a step asks for: where few fill the ring, because they are long, no more than it takes. */
export function linesOfStep(lines: Ring<LogLine>): number {
  return lines.full ? Math.min(pageLimit, Math.max(leastLines, Math.floor(lines.length * step))) : pageLimit;
}

/**
 * The past of a log: the time up to which the core does not hold all of it. Its lines come from the engine and the core
 * together, in the order of time; those behind it are the core's, in the order of their seq.
 */
export class LogPast {
  /** Until when it lasts; undefined where the core holds all there is. */
  whole: string | undefined;
  /** Until when others may be missing among the lines that the core sent; not so what came before some left the core. */
  torn: string | undefined;
  /** Up to which moments it has been read. */
  readonly #moments = new Set<string>();
  /** Its lines in the ring: their numbers are not the core's. */
  readonly #lines = new WeakSet<LogLine>();

  clear(): void {
    this.#moments.clear();
  }

  note(moment: string): void {
    this.#moments.add(moment);
  }

  /** The lines as they go into the ring, numbered from `first` on. */
  numbered(lines: readonly LogLine[], first: number): LogLine[] {
    const numbered = lines.map((line, index) => ({ ...line, seq: first + index }));
    for (const line of numbered) this.#lines.add(line);
    return numbered;
  }

  /** Whether a line was read as one of the past: its number is not the core's. */
  has(line: LogLine): boolean {
    return this.#lines.has(line);
  }

  /** The latest moment up to which it has been read. */
  get end(): string | undefined {
    return [...this.#moments].sort().at(-1);
  }

  /** The moments up to which it is read, from a time on, earliest first. */
  momentsFrom(time: string): string[] {
    const all = new Set(this.whole === undefined ? this.#moments : [...this.#moments, this.whole]);
    return [...all].filter((moment) => moment >= time).sort();
  }
}
