const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes for people: `84 MB`, `1.2 GB`. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : value.toFixed(0)} ${units[unit] ?? 'B'}`;
}

/** Seconds for people: `0.4 s`, `18 s`, `3 min 12 s`, `3 h 12 min`, `2 d 4 h`. */
export function duration(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  if (tenths > 0 && tenths < 100 && tenths % 10 !== 0) return `${(tenths / 10).toFixed(1)} s`;
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

const grouped = new Intl.NumberFormat('en-US');

/** A count with grouped digits: `214,806`. */
export function count(value: number): string {
  return grouped.format(value);
}

/** `1 service`, `2 services`; `many` where the plural is not the word with an s. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
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

/** When something began, as short as it can be told apart: `10:51` today, `12 Mar 10:51` before. */
export function moment(time: string, now: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  if (date.toDateString() === new Date(now).toDateString()) return clock(time);
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `${day} ${clock(time)}`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
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
  return unit === undefined ? 'just now' : relative.format(-Math.floor(seconds / length), unit);
}
