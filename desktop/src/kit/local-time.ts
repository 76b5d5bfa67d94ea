const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g;

const two = (value: number): string => String(value).padStart(2, '0');

/** `14:03` today, `2026-11-26 14:03` on another day, by the clock of this machine; `now` in milliseconds. */
export function localTime(iso: string, now = Date.now()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

/** A sentence of the core with its instants, which it gives in ISO form, as times of this machine. */
export function localTimes(text: string, now = Date.now()): string {
  return text.replace(instant, (iso) => localTime(iso, now));
}
