/**
 * Breaks JSON text into indented lines without changing a token, so that long numbers and repeated keys stay as they were
 * written. Gives nothing for text that is not a JSON object or array.
 */
export function prettyJson(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  let out = '';
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '}' || token === ']') {
      depth -= 1;
      out = /[{[]\n\s*$/.test(out) ? out.trimEnd() : `${out}\n${'  '.repeat(depth)}`;
    }
    out += token === ':' ? ': ' : token;
    if (token === '{' || token === '[') depth += 1;
    if (token === '{' || token === '[' || token === ',') out += `\n${'  '.repeat(depth)}`;
  }
  return out;
}
