/** What a scalar of a compose file means to the reference tools, whose YAML reader is neither YAML 1.1 nor 1.2 but between them. */
export type Scalar =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'time'; readonly value: string };

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { kind: 'null' }] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { kind: 'bool', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { kind: 'bool', value: false }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { kind: 'float', value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { kind: 'float', value: Number.POSITIVE_INFINITY }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { kind: 'float', value: Number.NEGATIVE_INFINITY }] as const),
]);

const numberStart = /^[-+.0-9]/;
const floatForm = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const dateForm =
  /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ \t]+)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?[ \t]*(?:Z|[-+]\d{1,2}(?::?\d{2})?)?)?$/;

/** Reads a plain (unquoted) scalar. `yes`, `on`, `22:22` are strings; `0777` is 511; `1_000` is 1000. */
export function plainScalar(text: string): Scalar {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!numberStart.test(text)) return { kind: 'string', value: text };
  return readNumber(text) ?? (dateForm.test(text) ? { kind: 'time', value: text } : { kind: 'string', value: text });
}

function readNumber(text: string): Scalar | undefined {
  if (text.startsWith('.')) return floatForm.test(text) ? floatScalar(text) : undefined;
  const digits = text.replaceAll('_', '');
  const whole = readInteger(digits);
  if (whole !== undefined) return { kind: 'int', value: whole };
  return floatForm.test(digits) ? floatScalar(digits) : undefined;
}

function floatScalar(text: string): Scalar | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

const integerForms: readonly (readonly [RegExp, string])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^0[oO]([0-7]+)$/, '0o'],
  [/^0[bB]([01]+)$/, '0b'],
  [/^0([0-7]+)$/, '0o'],
  [/^(0|[1-9][0-9]*)$/, ''],
];

function readInteger(text: string): bigint | undefined {
  const signed = text.startsWith('-') || text.startsWith('+');
  const body = signed ? text.slice(1) : text;
  for (const [form, prefix] of integerForms) {
    const digits = form.exec(body)?.[1];
    if (digits === undefined) continue;
    const value = BigInt(prefix + digits) * (text.startsWith('-') ? -1n : 1n);
    const top = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
    return value >= -(2n ** 63n) && value <= top ? value : undefined;
  }
  return undefined;
}

/** True for plain text that people read as decimal and YAML reads as octal, such as `0777`. */
export const looksOctal = (text: string): boolean => /^[-+]?0[0-7_]*[1-7][0-7_]*$/.test(text) && /\d\d/.test(text);

function binaryScalar(text: string): Scalar | undefined {
  const digits = text.replace(/\s/g, '');
  const valid = digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
  return valid ? { kind: 'string', value: Buffer.from(digits, 'base64').toString('utf8') } : undefined;
}

/** Reads a scalar with an explicit `!!tag`; undefined where the text does not fit the tag or the tag is none of the core ones. */
export function taggedScalar(tag: string, text: string): Scalar | undefined {
  if (tag === 'str') return { kind: 'string', value: text };
  if (tag === 'binary') return binaryScalar(text);
  const made = plainScalar(text);
  if (tag === 'float' && made.kind === 'int') return { kind: 'float', value: Number(made.value) };
  return made.kind === tag ? made : undefined;
}
