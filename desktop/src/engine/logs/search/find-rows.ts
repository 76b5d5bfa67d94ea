import { isAscii } from 'node:buffer';
import type { Finder } from '../query/finder.ts';
import { type Lines, lineStart, rowAt } from '../store/shared-slab.ts';

/** Text is decoded in pieces of this size: larger strings leave the young generation and cost several times as much. */
const WINDOW_BYTES = 64 * 1024;
const ESCAPE = 27;

/** Marks the rows from `from` up to `to` on which the finder comes to rest, and those whose text has terminal escapes in it. */
export function markRows(lines: Lines, finder: Finder, from: number, to: number, marks: Uint8Array): void {
  if (finder.kind === 'bytes') markBytes(lines, finder.needle, from, to, marks);
  else {
    for (let row = from; row < to; ) row = markWindow(lines, finder, row, to, marks);
  }
  markByte(lines, ESCAPE, from, to, marks);
}

function markBytes(lines: Lines, needle: Buffer, from: number, to: number, marks: Uint8Array): void {
  const { columns } = lines;
  const text = lines.text();
  let at = text.indexOf(needle, lineStart(columns, from));
  while (at >= 0) {
    const row = rowAt(lines, at);
    if (row >= to) return;
    marks[row] = 1;
    at = text.indexOf(needle, (columns.end[row] ?? at) + 1);
  }
}

function markByte(lines: Lines, byte: number, from: number, to: number, marks: Uint8Array): void {
  const text = lines.text();
  let at = text.indexOf(byte, lineStart(lines.columns, from));
  while (at >= 0) {
    const row = rowAt(lines, at);
    if (row >= to) return;
    marks[row] = 1;
    at = text.indexOf(byte, (lines.columns.end[row] ?? at) + 1);
  }
}

type PatternFinder = Extract<Finder, { kind: 'pattern' }>;

/** Looks through the lines that fill one window; answers the row behind them. */
function markWindow(lines: Lines, finder: PatternFinder, from: number, to: number, marks: Uint8Array): number {
  const { columns } = lines;
  const start = lineStart(columns, from);
  const last = Math.min(to - 1, Math.max(from, rowAt(lines, start + WINDOW_BYTES) - 1));
  const bytes = lines.text().subarray(start, columns.end[last]);
  if (isAscii(bytes)) markAscii(lines, finder, bytes.toString('latin1'), start, marks);
  else markDecoded(finder, bytes.toString('utf8'), from, marks);
  return last + 1;
}

/** One byte is one character, so the place of a match is the place of its line. */
function markAscii(lines: Lines, { pattern, accepts }: PatternFinder, text: string, start: number, marks: Uint8Array) {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (accepts !== undefined && !accepts(match[1] ?? '')) continue;
    const row = rowAt(lines, start + match.index);
    marks[row] = 1;
    // A match that went on into the next line must not hide one that begins there.
    pattern.lastIndex = (lines.columns.end[row] ?? 0) + 1 - start;
  }
}

/** Lines are counted along, because bytes and characters differ. */
function markDecoded({ pattern, accepts }: PatternFinder, text: string, from: number, marks: Uint8Array) {
  let row = from;
  let end = lineEnd(text, 0);
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (accepts !== undefined && !accepts(match[1] ?? '')) continue;
    while (match.index > end) {
      row += 1;
      end = lineEnd(text, end + 1);
    }
    marks[row] = 1;
    pattern.lastIndex = end + 1;
  }
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
