import type { Test } from '../query/compile.ts';
import type { Finder } from '../query/finder.ts';
import { Subject } from '../query/subject.ts';
import type { Lines } from '../store/shared-slab.ts';
import { markRows } from './find-rows.ts';

/** A test with a quick way to what may pass it. */
export interface Search {
  readonly test: Test;
  readonly finder: Finder | undefined;
}

/** Which rows are looked at, in which direction, and how many hits are enough. */
export interface Range {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
  readonly step: 1 | -1;
  readonly limit: number;
}

const FEW_ROWS = 64;
/** Where fewer rows than one in so many are left by the columns, each is looked at alone. */
const SPARSE = 8;

const subject = new Subject();
let marks = new Uint8Array(0);

/** The rows that pass, in the order in which they are met, at most `limit` of them. */
export function searchLines(lines: Lines, { test, finder }: Search, range: Range): number[] {
  const { from, to, step, limit } = range;
  const { columns } = lines;
  const marked =
    finder !== undefined && test.readsText && isDense(lines, test, range)
      ? marksOf(lines, finder, from, to)
      : undefined;
  const found: number[] = [];
  for (let row = step > 0 ? from : to - 1; row >= from && row < to; row += step) {
    const verdict = marked?.[row] === 0 ? false : test.columns(columns, row);
    if (verdict === false) continue;
    if (verdict === undefined && !test.text(subject.at(lines, row), columns, row)) continue;
    found.push(row);
    if (found.length === limit) break;
  }
  return found;
}

/** Whether the columns leave so many rows open that it is quicker to search all text at once. */
function isDense(lines: Lines, test: Test, { from, to }: Range): boolean {
  if (to - from < FEW_ROWS) return false;
  let open = 0;
  for (let row = from; row < to; row += 1) if (test.columns(lines.columns, row) === undefined) open += 1;
  return open > (to - from) / SPARSE;
}

function marksOf(lines: Lines, finder: Finder, from: number, to: number): Uint8Array {
  if (marks.length < to) marks = new Uint8Array(Math.max(to, 16_384));
  marks.fill(0, from, to);
  markRows(lines, finder, from, to, marks);
  return marks;
}
