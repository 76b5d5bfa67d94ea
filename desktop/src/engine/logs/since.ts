import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type EngineTime, parseTime, sinceParameter, timeOf } from './parse/timestamp.ts';

const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };
const duration = /^(?:\d+(?:\.\d+)?[dhms])+$/;

/**
 * Reads a moment: a duration back from now (`10m`, `1h30m`), a date (`2026-01-31`, with time and zone) or seconds since the
 * epoch. Throws USAGE for anything else.
 */
export function parseMoment(text: string, nowMs: number): EngineTime {
  if (duration.test(text)) {
    const parts = text.matchAll(/(\d+(?:\.\d+)?)([dhms])/g);
    const back = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0);
    return timeOf(Math.max(0, nowMs - back * 1000));
  }
  if (/^\d+(?:\.\d{1,9})?$/.test(text)) {
    const [sec = '', fraction = ''] = text.split('.');
    return { sec: Number(sec), nanos: Number(fraction.padEnd(9, '0')) };
  }
  const exact = parseTime(text) ?? (Number.isNaN(Date.parse(text)) ? undefined : timeOf(Date.parse(text)));
  if (exact !== undefined) return exact;
  throw new QuaysideError('USAGE', say`"${text}" is not a time.`, {
    remedy: say`Give a duration such as 10m or 1h30m, or a time such as 2026-01-31T12:00:00Z.`,
  });
}

/** A moment as the engine's `since` and `until` take it: `seconds.nanoseconds`. Throws USAGE. */
export function parseSince(text: string, nowMs: number): string {
  return sinceParameter(parseMoment(text, nowMs));
}
