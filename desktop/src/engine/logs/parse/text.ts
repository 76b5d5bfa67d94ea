/** What a reader is shown of a line at most. */
export const MAX_SHOWN_BYTES = 16 * 1024;

const ESCAPE = 27;
const RETURN = 13;
/** CSI, OSC (ended by BEL or ST), and the two-byte escapes. */
// eslint-disable-next-line no-control-regex -- control characters are what this finds
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

/** The bytes as text; broken UTF-8 becomes U+FFFD here and only here. */
export function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/** Text for search and guesses: without terminal escapes. */
export function plainText(bytes: Uint8Array): string {
  const text = decode(bytes);
  return bytes.includes(ESCAPE) ? text.replace(escapes, '') : text;
}

/** A byte index at or before `limit` that does not tear a UTF-8 character. */
function characterStart(bytes: Uint8Array, limit: number): number {
  let at = limit;
  while (at > limit - 4 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}

/** A progress bar overwrites itself with CR: what the terminal would show is its last part. */
function lastOverwrite(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(RETURN)) return bytes;
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === RETURN) end -= 1;
  return bytes.subarray(bytes.subarray(0, end).lastIndexOf(RETURN) + 1, end);
}

/** The text of a line as it is shown, at most 16 KiB of it. */
export function shownText(bytes: Uint8Array): { text: string; cut: boolean } {
  const visible = lastOverwrite(bytes);
  if (visible.length <= MAX_SHOWN_BYTES) return { text: decode(visible), cut: false };
  return { text: decode(visible.subarray(0, characterStart(visible, MAX_SHOWN_BYTES))), cut: true };
}
