/** Writes a float as Go's `%v` does: shortest digits, with an exponent from 1e6 on and below 1e-4. */
export function showFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponentText = ''] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 21 && exponent < 6) return plainDigits(value);
  const sign = exponent < 0 ? '-' : '+';
  return `${digits}e${sign}${Math.abs(exponent).toString().padStart(2, '0')}`;
}

/** JavaScript writes 0.00001 and below with an exponent already; Go's limit is one digit earlier, so plain digits are safe here. */
const plainDigits = (value: number): string => String(value);

/** Shortest decimal that still is the same 32-bit float: 0.1, never 0.10000000149. */
export function shortestFloat32(value: number): number {
  const wanted = Math.fround(value);
  for (let digits = 1; digits <= 9; digits++) {
    const candidate = Number(wanted.toPrecision(digits));
    if (Math.fround(candidate) === wanted) return candidate;
  }
  return wanted;
}
