import { MAX_SHOWN_BYTES } from '../parse/text.ts';
import type { LogStore } from '../store/store.ts';

/** Text on one page: a reader asks for so many lines, and those may be long. */
export const PAGE_BYTES = 4 * 1024 * 1024;

/** As many of the first of these lines as fit on a page; no line is shown so long that a page would have none. */
export function fitting(store: LogStore, seqs: readonly number[]): readonly number[] {
  let bytes = 0;
  const end = seqs.findIndex((seq) => {
    const place = store.find(seq);
    if (place !== undefined) bytes += Math.min(place.slab.bytes(place.row).length, MAX_SHOWN_BYTES);
    return bytes > PAGE_BYTES;
  });
  return end < 0 ? seqs : seqs.slice(0, end);
}
