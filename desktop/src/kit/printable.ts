const escape = 0x1b;
const isControl = (code: number): boolean => (code < 0x20 && code !== 0x09) || (code >= 0x7f && code <= 0x9f);

// eslint-disable-next-line no-control-regex -- control characters are what this finds
const anyControl = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;

/** Text of unknown origin made harmless for a terminal: colour sequences go, other control characters show as U+FFFD. */
export function printable(text: string): string {
  if (!anyControl.test(text)) return text;
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const colour = code === escape ? /^\[[0-9;]*m/.exec(text.slice(index + 1, index + 32)) : null;
    if (colour) index += colour[0].length;
    else result += isControl(code) ? '\ufffd' : text.charAt(index);
  }
  return result;
}
