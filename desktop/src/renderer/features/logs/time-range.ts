import { clockIn } from '#ui/format.ts';
import { language, t } from '#words/index.ts';
import type { LogView } from './filter.ts';

/** Spans back from now that are offered. */
export const spans = ['5m', '15m', '1h', '6h', '1d'] as const;

const dayMs = 86_400_000;

const isMoment = (time: string): boolean => !Number.isNaN(Date.parse(time));

/** A moment in words: its time of day, with the date where that is not near. */
export function momentWords(time: string, utc: boolean): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return t('logs:time.ago', { span: time });
  const locale = language() === 'en' ? 'en-GB' : language();
  const day =
    Math.abs(Date.now() - ms) < dayMs / 2
      ? ''
      : `${new Date(ms).toLocaleDateString(locale, utc ? { timeZone: 'UTC' } : {})} `;
  return `${day}${clockIn(utc, ms, true)}`;
}

/** A range that is open at one end. */
function bound(side: 'since' | 'before', time: string, utc: boolean): string {
  return isMoment(time)
    ? t(`logs:time.${side}`, { time: momentWords(time, utc) })
    : t(`logs:time.${side}Ago`, { span: time });
}

/** The time range that is in force, in words; nothing where there is none. */
export function rangeSentence({ from, to }: Pick<LogView, 'from' | 'to'>, utc = false): string | undefined {
  if (from === undefined && to === undefined) return undefined;
  const span = to === undefined ? spans.find((text) => text === from) : undefined;
  if (span !== undefined) return t(`logs:time.last.${span}`);
  if (to === undefined) return bound('since', from ?? '', utc);
  return from === undefined
    ? bound('before', to, utc)
    : t('logs:time.between', { from: momentWords(from, utc), to: momentWords(to, utc) });
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
