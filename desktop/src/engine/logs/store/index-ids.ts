import { hashBytes } from '../parse/hash.ts';
import { scanLine } from '../parse/scan.ts';
import { type Lines, lineStart } from './shared-slab.ts';

/** Fills the column of id hashes from row `from` on. */
export function indexIds(lines: Lines, from: number): void {
  const { columns, rows } = lines;
  const text = lines.text();
  for (let row = from; row < rows; row += 1) {
    const { idStart, idEnd } = scanLine(text, lineStart(columns, row), columns.end[row]);
    columns.idHash[row] = idStart < 0 ? 0 : hashBytes(text, idStart, idEnd);
  }
}
