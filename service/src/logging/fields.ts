const secretKey = /authorization|cookie|secret|token|password|passwd|credential|api[-_]?key|private[-_]?key/i;
const reserved: ReadonlySet<string> = new Set([
  'level',
  'time',
  'msg',
  'service',
  'logger',
  'module',
  'version',
  'correlationId',
]);
const maxDepth = 6;

const redacted = '[redacted]';

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secretKey.test(key) ? redacted : clean(inner, depth + 1)]),
  );
}

function cleanEach(fields: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(fields).map(([key, value]): [string, unknown] => [
    reserved.has(key) ? `field_${key}` : key,
    secretKey.test(key) ? redacted : clean(value, 0),
  ]);
  return Object.fromEntries(entries);
}

/**
 * The fields of one log line with secrets masked. Names that every line has on its own (`level`, `msg`, ...) are
 * renamed to `field_<name>`, so that no line has a key twice. Never throws: fields that cannot be read are left out.
 */
export function cleanFields(fields: Record<string, unknown>): Record<string, unknown> {
  try {
    return cleanEach(fields);
  } catch (error) {
    return { unreadableFields: String(error) };
  }
}
