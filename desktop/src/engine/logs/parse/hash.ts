const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over a range of bytes; never 0, which the columns use for "no id". */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = OFFSET;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  return hash >>> 0 || 1;
}

const HEAD = 96;
const TAIL = 32;

/** Tells lines of one timestamp apart: length, head and tail are enough for that and cost the same for any length. */
export function fingerprint(bytes: Uint8Array): number {
  const { length } = bytes;
  const head = hashBytes(bytes, 0, Math.min(length, HEAD));
  const tail = length > HEAD ? hashBytes(bytes, Math.max(HEAD, length - TAIL), length) : 0;
  return Math.imul(head ^ tail ^ length, PRIME) >>> 0 || 1;
}
