/** Bytes that a set of pieces takes. */
export const PIECES_BYTES = 8192;

const ESCAPE = 27;
const LENGTH = 3;
/** Pieces at every second place do: a word of four letters has one of them wherever it stands, for half of the work. */
const STEP = 2;

/** A byte for each bit while a text is gone through: quicker than to set bits. */
const seen = new Uint8Array(PIECES_BYTES * 8);

/** Letters as small ones: what is needed in any case is looked up as one. Some other bytes are taken for one another, too. */
const CASE = 0x202020;

/** The place of a piece of three bytes among the bits of a set; two pieces may share one. */
function slotOf(piece: number): number {
  return Math.imul(piece | CASE, 0x9e3779b1) >>> 16;
}

/**
 * Writes into `set` (`PIECES_BYTES` zeros) which pieces of three bytes a text has at its even places, so that a search for
 * what it has not need not decompress it. Terminal escapes are no part of what is searched and may stand inside a word: a
 * text with one is taken to have every piece.
 */
export function writePieces(text: Uint8Array, set: Uint8Array): void {
  if (text.includes(ESCAPE)) {
    set.fill(255);
    return;
  }
  seen.fill(0);
  const { length } = text;
  let first = text[0] ?? 0;
  // By index: an iterator takes three times as long.
  for (let at = LENGTH - 1; at < length; at += STEP) {
    const last = text[at] ?? 0;
    seen[slotOf((first << 16) | ((text[at - 1] ?? 0) << 8) | last)] = 1;
    first = last;
  }
  for (let at = 0; at < PIECES_BYTES; at += 1) {
    let bits = 0;
    for (let bit = 0; bit < 8; bit += 1) bits |= (seen[at * 8 + bit] ?? 0) << bit;
    set[at] = bits;
  }
}

/** For one word: the bits that are set where it stands at an even place of the text, and those where it stands at an odd one. */
export type WordSlots = readonly (readonly number[])[];

/** Where to look for these words. */
export function slotsOf(words: readonly string[]): readonly WordSlots[] {
  return words.map((word) => {
    const bytes = Buffer.from(word);
    return Array.from({ length: STEP }, (_, begin) => {
      const slots: number[] = [];
      for (let at = begin; at + LENGTH <= bytes.length; at += STEP) slots.push(slotOf(bytes.readUIntBE(at, LENGTH)));
      return slots;
    });
  });
}

/** False where a text certainly lacks one of the words that the slots are of. */
export function mayHold(set: Uint8Array, words: readonly WordSlots[]): boolean {
  const has = (slot: number): boolean => ((set[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0;
  return words.every((places) => places.some((slots) => slots.every(has)));
}
