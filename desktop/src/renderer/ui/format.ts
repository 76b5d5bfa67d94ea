import { memorySize } from '#kit/memory-size.ts';
import { type Language, language, t } from '#words/index.ts';

/** English counts as in the United States and names days as in Britain. */
const numberLocales = { en: 'en-US', de: 'de-DE' } as const satisfies Record<Language, string>;
const dayLocales = { en: 'en-GB', de: 'de-DE' } as const satisfies Record<Language, string>;

/** What `make` makes for the language of the page; made once for each language, for that is slow. */
function perLanguage<T>(make: (language: Language) => T): () => T {
  const made = new Map<Language, T>();
  return () => {
    const now = language();
    const known = made.get(now) ?? make(now);
    made.set(now, known);
    return known;
  };
}

const fixed = (digits: number) =>
  perLanguage((spoken) => {
    const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(numberLocales[spoken], { ...fraction, useGrouping: false });
  });
const whole = fixed(0);
const tenths = fixed(1);

/** A measure with one digit after the comma where `exact`, else none: `5.0`, `197`. */
export function decimal(value: number, exact: boolean): string {
  return (exact ? tenths() : whole()).format(value);
}

const atMostTenths = perLanguage(
  (spoken) => new Intl.NumberFormat(numberLocales[spoken], { maximumFractionDigits: 1, useGrouping: false }),
);

/** Memory for people, in the units of compose files: `64 MB`, `1.5 GB`. */
export function memory(size: number): string {
  return memorySize(size, (value) => atMostTenths().format(value));
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes for people: `84 MB`, `1.2 GB`. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const format = value < 10 && unit > 0 ? tenths() : whole();
  return `${format.format(value)} ${units[unit] ?? 'B'}`;
}

/** Seconds for people: `0.4 s`, `18 s`, `3 min 12 s`, `3 h 12 min`, `2 d 4 h`. */
export function duration(seconds: number): string {
  const inTenths = Math.round(seconds * 10);
  if (inTenths > 0 && inTenths < 100 && inTenths % 10 !== 0) return `${tenths().format(inTenths / 10)} s`;
  const full = Math.max(0, Math.floor(seconds));
  if (full < 60) return `${full} s`;
  if (full < 3600) return `${Math.floor(full / 60)} min ${full % 60} s`;
  if (full < 86_400) return `${Math.floor(full / 3600)} h ${Math.floor((full % 3600) / 60)} min`;
  return t('ui:days', { count: Math.floor(full / 86_400), hours: Math.floor((full % 86_400) / 3600) });
}

const grouped = perLanguage((spoken) => new Intl.NumberFormat(numberLocales[spoken]));

/** A count with grouped digits: `214,806`. */
export function count(value: number): string {
  return grouped().format(value);
}

const two = (value: number) => String(value).padStart(2, '0');

/** Time of day on this machine: `14:03`, with seconds `14:03:27`. */
export function clock(time: string | number, seconds = false): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  const short = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return seconds ? `${short}:${two(date.getSeconds())}` : short;
}

/** Time of day in UTC, which it says: `14:03 UTC`. */
function utcClock(time: string | number, seconds: boolean): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(11, seconds ? 19 : 16)} UTC`;
}

/** Time of day as the reader wants it. */
export function clockIn(utc: boolean, time: string | number, seconds = false): string {
  return utc ? utcClock(time, seconds) : clock(time, seconds);
}

/** Time of day with milliseconds, as log rows show it. */
export function preciseClock(time: string, utc = false): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  if (utc) return date.toISOString().slice(11, 23);
  return `${clock(time, true)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

const dayOfMonth = perLanguage(
  (spoken) => new Intl.DateTimeFormat(dayLocales[spoken], { day: 'numeric', month: 'short' }),
);

/** When something began, as short as it can be told apart: `10:51` today, `12 Mar 10:51` before. */
export function moment(time: string, now: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  if (date.toDateString() === new Date(now).toDateString()) return clock(time);
  return `${dayOfMonth().format(date)} ${clock(time)}`;
}

const relative = perLanguage((spoken) => new Intl.RelativeTimeFormat(spoken, { numeric: 'auto' }));
const spans = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How long ago something was, roughly: `just now`, `5 minutes ago`, `2 days ago`, `last week`. */
export function ago(time: string, now: number): string {
  const seconds = (now - Date.parse(time)) / 1000;
  if (Number.isNaN(seconds)) return '';
  const [unit, length] = spans.find(([, span]) => seconds >= span) ?? [];
  return unit === undefined ? t('ui:justNow') : relative().format(-Math.floor(seconds / length), unit);
}
