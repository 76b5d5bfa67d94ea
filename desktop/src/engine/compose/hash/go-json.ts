const special = /["\\<>&\p{Cc}\u2028\u2029]|\p{Cs}/gu;
const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** Writes a text as Go's json.Marshal does: `<`, `>`, `&` and the line separators are escaped, everything else stays. */
export function goString(text: string): string {
  return `"${text.replace(special, (found) => {
    const code = found.charCodeAt(0);
    if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
    if (code >= 0x7f && code <= 0x9f) return found;
    return short[found] ?? `\\u${code.toString(16).padStart(4, '0')}`;
  })}"`;
}

/** Keys in the order of their UTF-8 bytes, which differs from JavaScript's beyond the basic plane. */
export function sortedKeys(record: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(record);
  return keys.every((key) => /^[\0-\x7f]*$/.test(key))
    ? keys.sort()
    : keys.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

/** Writes any plain value as Go's json.Marshal does: map keys sorted, no spaces. */
export function goJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return goString(value);
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>);
    const record = Object.fromEntries(entries);
    return `{${sortedKeys(record)
      .map((key) => `${goString(key)}:${goJson(record[key])}`)
      .join(',')}}`;
  }
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : 'null';
}
