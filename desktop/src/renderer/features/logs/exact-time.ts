/** Milliseconds since the epoch with fractions, as far as they are told: an engine time has nanoseconds. */
export function exactMs(time: string): number {
  const ms = Date.parse(time);
  const finer = /\.\d{3}(\d{1,6})/.exec(time)?.[1] ?? '';
  return Number.isNaN(ms) ? 0 : ms + Number(`0.${finer === '' ? '0' : finer}`);
}
