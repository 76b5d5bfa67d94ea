const units: Readonly<Record<string, number>> = {
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

const form = /^([0-9]*\.?[0-9]*) ?(?:b|([kmgtp])(?:b|ib)?)?$/i;

/** Bytes of a size such as `50m`, `1.5 GiB` or `100`, in powers of 1024; undefined where the text is none. */
export function readBytes(text: string): bigint | undefined {
  if (/^-?[0-9]+$/.test(text)) return BigInt(text);
  const match = form.exec(text);
  const number = match?.[1] ?? '';
  if (!/[0-9]/.test(number)) return undefined;
  const factor = units[match?.[2]?.toLowerCase() ?? ''] ?? 1;
  return BigInt(Math.trunc(Number(number) * factor));
}

/** Bytes of a size text, as a number; NaN where the text is no size. */
export function parseBytes(text: string): number {
  const value = readBytes(text);
  return value === undefined ? Number.NaN : Number(value);
}
