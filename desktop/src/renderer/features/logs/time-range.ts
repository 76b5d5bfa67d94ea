import { clockIn } from '#ui/format.ts';
import type { LogView } from './filter.ts';

/** Spans back from now that are offered. */
export const spans = [
  ['5m', 'last 5 minutes'],
  ['15m', 'last 15 minutes'],
  ['1h', 'last hour'],
  ['6h', 'last 6 hours'],
  ['1d', 'last day'],
] as const;

const dayMs = 86_400_000;

function shown(time: string, utc: boolean): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return `${time} ago`;
  const day =
    Math.abs(Date.now() - ms) < dayMs / 2
      ? ''
      : `${new Date(ms).toLocaleDateString('en-GB', utc ? { timeZone: 'UTC' } : {})} `;
  return `${day}${clockIn(utc, ms, true)}`;
}

/** The time range that is in force, in words; nothing where there is none. */
export function rangeSentence({ from, to }: Pick<LogView, 'from' | 'to'>, utc = false): string | undefined {
  if (from === undefined && to === undefined) return undefined;
  const span = to === undefined ? spans.find(([text]) => text === from) : undefined;
  if (span !== undefined) return span[1];
  if (to === undefined) return `since ${shown(from ?? '', utc)}`;
  return from === undefined ? `before ${shown(to, utc)}` : `${shown(from, utc)} to ${shown(to, utc)}`;
}

/**
 * A time of day such as `14:03` or `14:03:27` on the day of `near`, or a date with a time, as an ISO time; nothing where it is
 * no time. What names no zone is of this machine's, or of UTC.
 */
export function momentOf(text: string, near: number, utc = false): string | undefined {
  const [, hours, minutes, seconds = '0'] = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*$/.exec(text) ?? [];
  if (hours !== undefined && minutes !== undefined) {
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return undefined;
    const day = new Date(near);
    if (utc) day.setUTCHours(Number(hours), Number(minutes), 0, 0);
    else day.setHours(Number(hours), Number(minutes), 0, 0);
    return new Date(day.getTime() + Number(seconds) * 1000).toISOString();
  }
  const zoned = utc && !/(?:Z|[+-]\d{2}:?\d{2})\s*$/.test(text) ? `${text.trim()}Z` : text;
  const ms = /\d{4}-\d{2}/.test(text) ? Date.parse(zoned) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
