/** CSI, OSC, DCS, PM, APC, SOS sequences, and two-byte escapes, in their 7-bit and 8-bit forms. */
const escapes =
  // eslint-disable-next-line no-control-regex
  /\u001b\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/** What could steer a terminal or reorder text: C0 and C1 controls but tab and line feed, bidi marks, zero-width characters. */
const controls =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function symbol(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Untrusted text as it may be shown: terminal escapes gone, control and invisible characters as symbols. */
export function plainText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(escapes, '').replace(controls, symbol);
}
