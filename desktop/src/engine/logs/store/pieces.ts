/** Bytes that a set of pieces takes. */
export const PIECES_BYTES = 8192;

const ESCAPE = 27;
const LENGTH = 3;

/** A byte for each bit while a text is gone through: quicker than to set bits. */
const seen = new Uint8Array(PIECES_BYTES * 8);

/** Letters as small ones: what is needed in any case is looked up as one. Some other bytes are taken for one another, too. */
const CASE = 32;

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
  let piece = 0;
  const { length } = text;
  // By index: an iterator takes three times as long.
  for (let at = 0; at < length; at += 1) {
    piece = ((piece << 8) | (text[at] ?? 0) | CASE) & 0xffffff;
    seen[slotOf(piece)] = 1;
  }
  for (let slot = 0; slot < seen.length; slot += 1) {
    if (seen[slot] === 1) set[slot >> 3] = (set[slot >> 3] ?? 0) | (1 << (slot & 7));
  }
}

/** The bits that are set wherever all of these words stand. */
export function slotsOf(words: readonly string[]): readonly number[] {
  const slots = new Set<number>();
  for (const word of words) {
    const bytes = Buffer.from(Buffer.from(word).map((byte) => byte | CASE));
    for (let at = 0; at + LENGTH <= bytes.length; at += 1) slots.add(slotOf(bytes.readUIntBE(at, LENGTH)));
  }
  return [...slots];
}

/** False where a text certainly lacks one of the words that the slots are of. */
export function mayHold(set: Uint8Array, slots: readonly number[]): boolean {
  return slots.every((slot) => ((set[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0);
}
