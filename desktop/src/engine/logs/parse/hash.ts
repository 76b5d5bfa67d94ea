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

/** Four bytes a step: half of this hash's cost is the multiplication. */
function mix(from: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = from;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    hash = Math.imul(hash ^ word, PRIME);
    hash ^= hash >>> 15;
  }
  for (; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  return hash;
}

/** Tells lines of one timestamp apart: length, head and tail are enough for that and cost the same for any length. */
export function fingerprint(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length <= HEAD) return mix(OFFSET ^ length, bytes, start, end) >>> 0;
  const head = mix(OFFSET ^ length, bytes, start, start + HEAD);
  return mix(head, bytes, Math.max(start + HEAD, end - TAIL), end) >>> 0;
}
