/** What a JSON line holds. Keys may be hostile, so they never become properties. */
export type Fields = Map<string, unknown>;

const maxValue = 200;
const maxDepth = 6;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The line's JSON object, or nothing where it is none. */
export function parseFields(text: string): Fields | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

/** A value on its own: a text as it is, everything else as JSON. */
export function valueText(value: unknown, longest = maxValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

/** The value at a dotted name, found as filters find it: a key with dots in it, or a way through objects. */
export function valueAt(fields: Fields, path: string): unknown {
  if (fields.has(path)) return fields.get(path);
  const [first = '', ...rest] = path.split('.');
  return rest.reduce(own, fields.get(first));
}

/** Every value that is no object, by its dotted name. */
export function* flatFields(fields: Iterable<[string, unknown]>, prefix = '', depth = 0): Generator<[string, unknown]> {
  for (const [key, value] of fields) {
    if (depth < maxDepth && isObject(value) && Object.keys(value).length > 0)
      yield* flatFields(Object.entries(value), `${prefix}${key}.`, depth + 1);
    else yield [`${prefix}${key}`, value];
  }
}
