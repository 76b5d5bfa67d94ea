/** Names that Windows keeps for devices, whatever ending they have. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** A name is made of several parts, and most systems allow 255 bytes. */
const mostCharacters = 60;

/**
 * What a text gives as a part of the name of a file on every system: ASCII letters, digits, `_`, `-` and dots, these two neither in
 * front nor at the end, at most 60. Empty where nothing of it is left.
 */
export function fileNamePart(text: string): string {
  const plain = short(text.replaceAll(/[^\w.-]+/g, '-').replace(/^[.-]+/, ''));
  return devices.test(plain) ? short(`_${plain}`) : plain;
}

/** Its end not by a pattern: one that looks for an end tries again at every dot in between. */
function short(text: string): string {
  let end = Math.min(text.length, mostCharacters);
  while (end > 0 && '.-'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
