/** Bytes that a set of pieces takes. */
export const PIECES_BYTES = 8192;

const ESCAPE = 27;
const LENGTH = 3;
const WORD = 4;

/** A byte for each bit while a text is gone through: quicker than to set bits. */
const seen = new Uint8Array(PIECES_BYTES * 8);

/** Letters as small ones: what is needed in any case is looked up as one. Some other bytes are taken for one another, too. */
const CASE = 0x20202020;

/** The place of a piece of three bytes among the bits of a set; two pieces may share one. */
function slotOf(piece: number): number {
  return Math.imul(piece, 0x9e3779b1) >>> 16;
}

/**
 * Writes into `set` (`PIECES_BYTES` zeros) which pieces of three bytes a text has, so that a search for what it has not
 * need not decompress it. Terminal escapes are no part of what is searched and may stand inside a word: a text with one is
 * taken to have every piece.
 */
export function writePieces(text: Uint8Array, set: Uint8Array): void {
  if (text.includes(ESCAPE)) {
    set.fill(255);
    return;
  }
  seen.fill(0);
  const head = Math.min(text.length, -text.byteOffset & (WORD - 1));
  const count = (text.length - head) >> 2;
  const words = new Uint32Array(text.buffer, count === 0 ? 0 : text.byteOffset + head, count);
  seeWords(words);
  seeBytes(text, 0, head);
  seeBytes(text, head + WORD * Math.max(0, words.length - 1), text.length);
  for (let at = 0; at < PIECES_BYTES; at += 1) {
    let bits = 0;
    for (let bit = 0; bit < 8; bit += 1) bits |= (seen[at * 8 + bit] ?? 0) << bit;
    set[at] = bits;
  }
}

/**
 * The pieces that begin in each word but the last, whose end is not here. Four bytes at a time take half as long as one by
 * one. The first byte is the low one, as on every machine that this runs on.
 */
function seeWords(words: Uint32Array): void {
  let word = (words[0] ?? 0) | CASE;
  for (let at = 1; at < words.length; at += 1) {
    const next = (words[at] ?? 0) | CASE;
    seen[slotOf(word & 0xffffff)] = 1;
    seen[slotOf(word >>> 8)] = 1;
    seen[slotOf((word >>> 16) | ((next & 0xff) << 16))] = 1;
    seen[slotOf((word >>> 24) | ((next & 0xffff) << 8))] = 1;
    word = next;
  }
}

/** The pieces that begin from `from` up to `to`. */
function seeBytes(text: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to && at + LENGTH <= text.length; at += 1) seen[slotOf(pieceAt(text, at))] = 1;
}

function pieceAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | CASE) & 0xffffff;
}

/** The bits that are set wherever all of these words stand. */
export function slotsOf(words: readonly string[]): readonly number[] {
  const slots = new Set<number>();
  for (const word of words) {
    const bytes = Buffer.from(word);
    for (let at = 0; at + LENGTH <= bytes.length; at += 1) slots.add(slotOf(pieceAt(bytes, at)));
  }
  return [...slots];
}

/** False where a text certainly lacks one of the words that the slots are of. */
export function mayHold(set: Uint8Array, slots: readonly number[]): boolean {
  return slots.every((slot) => ((set[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0);
}
