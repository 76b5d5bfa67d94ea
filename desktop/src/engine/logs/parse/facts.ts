import { type Facts, FLAG_CUT } from '../store/slab.ts';
import type { Line } from './joiner.ts';
import { lineLevel } from './scan.ts';

const facts = { source: 0, stream: 1, level: 0, flags: 0 };

/** What is found in a line as it comes in. One object for all lines, filled anew by each call. */
export function factsOf(source: number, line: Line): Facts {
  facts.source = source;
  facts.stream = line.stream;
  facts.level = lineLevel(line.bytes, line.start, line.end);
  facts.flags = line.cut ? FLAG_CUT : 0;
  return facts;
}
