import { isUtf8 } from 'node:buffer';
import { MAX_SHOWN_BYTES, shownText } from '../parse/text.ts';
import type { LogStore } from '../store/store.ts';

/** Text on one page as it is sent, in JSON: a reader asks for so many lines, and those may be long. */
export const PAGE_BYTES = 4 * 1024 * 1024;

/** What a byte of a control character takes in JSON at most. */
const MOST_PER_BYTE = 6;
/** What a byte that is no UTF-8 takes: it is shown as U+FFFD. */
const BROKEN_BYTES = 3;

const jsonBytes = Uint8Array.from({ length: 256 }, (_, byte) => JSON.stringify(String.fromCharCode(byte)).length - 2);

/** Never less than what a line takes on a page; a little more where a part of it is not shown. */
function sentBytes(bytes: Uint8Array): number {
  if (bytes.length > MAX_SHOWN_BYTES) return Buffer.byteLength(JSON.stringify(shownText(bytes).text)) - 2;
  const perHigh = isUtf8(bytes) ? 1 : BROKEN_BYTES;
  let sum = 0;
  for (const byte of bytes) sum += byte < 0x80 ? (jsonBytes[byte] ?? 1) : perHigh;
  return sum;
}

/** As many of the first of these lines as fit on a page; no line is shown so long that a page would have none. */
export function fitting(store: LogStore, seqs: readonly number[], room = PAGE_BYTES): readonly number[] {
  let [sum, most] = [0, 0];
  const linesOf = seqs.map((seq) => {
    const place = store.find(seq);
    const bytes = place?.slab.bytes(place.row);
    most += Math.min(bytes?.length ?? 0, MAX_SHOWN_BYTES) * MOST_PER_BYTE;
    return bytes;
  });
  if (most <= room) return seqs;
  const end = linesOf.findIndex((bytes) => {
    if (bytes !== undefined) sum += sentBytes(bytes);
    return sum > room;
  });
  return end < 0 ? seqs : seqs.slice(0, end);
}
