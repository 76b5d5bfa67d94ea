import type { LogLine } from '#contract/index.ts';
import { exactMs } from './exact-time.ts';
import { lineKey } from './line-key.ts';

/** Lines with positions that do not change, oldest first; some towards the end may not be here yet. */
export interface Lines {
  readonly first: number;
  readonly end: number;
  at(position: number): LogLine | undefined;
}

/** Position of the line with this seq; undefined where it is not among them. */
export function positionOf(lines: Lines, seq: number): number | undefined {
  let [low, high] = [lines.first, lines.end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((lines.at(middle)?.seq ?? Number.POSITIVE_INFINITY) < seq) low = middle + 1;
    else high = middle;
  }
  return lines.at(low)?.seq === seq ? low : undefined;
}

/** Position of the first line that is not before a moment; `end` where there is none. */
export function positionAt(lines: Lines, ms: number): number {
  let [low, high] = [lines.first, lines.end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (exactMs(lines.at(middle)?.time ?? '') < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A line around a moment. Times of neighbours may lie a little apart from their order, so it is looked for around its place. */
function lineNear(lines: Lines, ms: number, isIt: (line: LogLine) => boolean) {
  const place = positionAt(lines, ms);
  const near = 2000;
  for (let off = 0; off <= near; off += 1) {
    for (const position of off === 0 ? [place] : [place - off, place + off]) {
      const line = lines.at(position);
      if (line !== undefined && isIt(line)) return { position, line };
    }
  }
  return undefined;
}

/** The line that a key names. */
export function lineOfKey(lines: Lines, key: string, ms: number): { position: number; line: LogLine } | undefined {
  return lineNear(lines, ms, (line) => lineKey(line) === key);
}

/** What is known of a line that is sought. Its seq is that of the core, which lines of the past do not have here. */
export type Sought = Pick<LogLine, 'seq' | 'time'> & Partial<Pick<LogLine, 'container'>>;

/** Position of a line that the core told of; undefined where it is not among them. */
export function positionOfSought(lines: Lines, { seq, time, container }: Sought): number | undefined {
  const isIt = (line: LogLine | undefined): boolean =>
    line?.time === time && (container === undefined || line.container === container);
  const position = positionOf(lines, seq);
  if (position !== undefined && isIt(lines.at(position))) return position;
  return lineNear(lines, exactMs(time), isIt)?.position;
}

/** Where a line is now that was shown before: until it was in order its seq may have been another one. */
export function placeOf(lines: Lines, shown: LogLine): { position: number; line: LogLine } | undefined {
  const key = lineKey(shown);
  const position = positionOf(lines, shown.seq);
  const line = position === undefined ? undefined : lines.at(position);
  if (position !== undefined && line !== undefined && lineKey(line) === key) return { position, line };
  return lineOfKey(lines, key, exactMs(shown.time));
}
