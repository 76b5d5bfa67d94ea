/** A moment of the engine's clock, exact to the nanosecond. One number could not hold it. */
export interface EngineTime {
  /** Seconds since the epoch. */
  readonly sec: number;
  readonly nanos: number;
}

/** A timestamp read off the front of a log frame; `next` is the index of the first byte of the text behind it. */
export interface StampedStart extends EngineTime {
  readonly next: number;
}

const ZERO = 48;
const DOT = 46;
const SPACE = 32;
const UPPER_Z = 90;
const PLUS = 43;
const MINUS = 45;
const MAX_FRACTION = 9;
/** Characters of a timestamp in the engine's own form, without the space behind it. */
const FIXED_WIDTH = 30;

/** The minute seen last: consecutive lines share it, and calendar arithmetic is the dear part. */
const cache = { key: -1, seconds: 0 };

function twoDigits(bytes: Uint8Array, at: number): number {
  const high = (bytes[at] ?? 0) - ZERO;
  const low = (bytes[at + 1] ?? 0) - ZERO;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : -1;
}

function minuteStart(year: number, month: number, day: number, hour: number, minute: number): number {
  const key = (((year * 12 + month) * 32 + day) * 24 + hour) * 60 + minute;
  if (key !== cache.key) {
    cache.key = key;
    cache.seconds = Date.UTC(year, month - 1, day, hour, minute) / 1000;
  }
  return cache.seconds;
}

/** Reads `YYYY-MM-DDTHH:MM:SS` by position; undefined where a digit or mark is not in its place. */
function wholeSeconds(bytes: Uint8Array, at: number): number | undefined {
  const marks =
    bytes[at + 4] === MINUS &&
    bytes[at + 7] === MINUS &&
    bytes[at + 10] === 84 &&
    bytes[at + 13] === 58 &&
    bytes[at + 16] === 58;
  if (!marks) return undefined;
  const century = twoDigits(bytes, at);
  const yearOfCentury = twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const second = twoDigits(bytes, at + 17);
  if ((century | yearOfCentury | month | day | hour | minute | second) < 0) return undefined;
  return minuteStart(century * 100 + yearOfCentury, month, day, hour, minute) + second;
}

/** Seconds that a zone such as `+02:00` lies ahead of UTC, or undefined where there is none at this place. */
function zoneOffset(bytes: Uint8Array, at: number): number | undefined {
  const sign = bytes[at] === PLUS ? 1 : bytes[at] === MINUS ? -1 : 0;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  return sign === 0 || hours < 0 || minutes < 0 ? undefined : sign * (hours * 3600 + minutes * 60);
}

/**
 * Reads the engine's timestamp at `start`: 30 characters and a space as the engine writes it (RFC 3339, nine digits, `Z`);
 * other fraction widths and numeric zones are understood too. Undefined where the bytes are no timestamp.
 */
export function readTimestamp(bytes: Uint8Array, start: number, end = bytes.length): StampedStart | undefined {
  if (end - start < 20) return undefined;
  const seconds = wholeSeconds(bytes, start);
  if (seconds === undefined) return undefined;
  let at = start + 19;
  let nanos = 0;
  if (bytes[at] === DOT) {
    at += 1;
    let digits = 0;
    for (; digits < MAX_FRACTION; digits += 1) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      nanos = nanos * 10 + digit;
      at += 1;
    }
    if (digits === 0) return undefined;
    nanos *= 10 ** (MAX_FRACTION - digits);
  }
  let offset = 0;
  if (bytes[at] === UPPER_Z) {
    at += 1;
  } else {
    const zone = zoneOffset(bytes, at);
    if (zone === undefined) return undefined;
    offset = zone;
    at += 6;
  }
  // A line without text ends behind the zone in some drivers; the newline then belongs to the text.
  if (at < end && bytes[at] === SPACE) at += 1;
  else if (at < end && bytes[at] !== 10 && bytes[at] !== 13) return undefined;
  return { sec: seconds - offset, nanos, next: at };
}

/** The second seen last, as its 19 characters and as a number. */
const second = { text: new Uint8Array(19), value: -1 };

/** A timestamp that is filled anew for each line, because an object per line would cost more than reading it. */
export interface MutableStamp {
  sec: number;
  nanos: number;
  next: number;
}

/** Reads what `readTimestamp` reads, into `stamp`; false where the bytes are no timestamp. The engine's own form is the quick one. */
export function stampInto(stamp: MutableStamp, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > FIXED_WIDTH && bytes[start + 29] === UPPER_Z && bytes[start + 30] === SPACE) {
    let at = 0;
    while (at < 19 && bytes[start + at] === second.text[at]) at += 1;
    if (at < 19 || second.value < 0) {
      const seconds = wholeSeconds(bytes, start);
      if (seconds === undefined) return false;
      second.text.set(bytes.subarray(start, start + 19));
      second.value = seconds;
    }
    const nanos = fraction(bytes, start + 19);
    if (nanos >= 0) {
      stamp.sec = second.value;
      stamp.nanos = nanos;
      stamp.next = start + FIXED_WIDTH + 1;
      return true;
    }
  }
  const read = readTimestamp(bytes, start, end);
  if (read === undefined) return false;
  Object.assign(stamp, read);
  return true;
}

/** Nine digits behind the dot at `dot`, or -1. */
function fraction(bytes: Uint8Array, dot: number): number {
  if (bytes[dot] !== DOT) return -1;
  let value = 0;
  for (let at = dot + 1; at <= dot + MAX_FRACTION; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Lines that stand together mostly have one second. */
let lastSecond = { sec: 0, text: '1970-01-01T00:00:00' };

/** RFC 3339 with nine digits, as the engine writes it. */
export function formatTime(time: EngineTime): string {
  if (time.sec !== lastSecond.sec)
    lastSecond = { sec: time.sec, text: new Date(time.sec * 1000).toISOString().slice(0, 19) };
  return `${lastSecond.text}.${String(time.nanos).padStart(9, '0')}Z`;
}

/** The form that the engine's `since` takes: seconds, a dot, nine digits. */
export function sinceParameter(time: EngineTime): string {
  return `${String(time.sec)}.${String(time.nanos).padStart(9, '0')}`;
}

/** Negative where `a` is earlier. */
export function compareTime(a: EngineTime, b: EngineTime): number {
  return a.sec - b.sec || a.nanos - b.nanos;
}

/** Reads an RFC 3339 text such as the engine's `StartedAt`; undefined for anything else. */
export function parseTime(text: string): EngineTime | undefined {
  const read = readTimestamp(Buffer.from(`${text} `, 'latin1'), 0);
  return read === undefined ? undefined : { sec: read.sec, nanos: read.nanos };
}

/** A moment of this machine's clock, in milliseconds since the epoch. */
export function timeOf(ms: number): EngineTime {
  const sec = Math.floor(ms / 1000);
  return { sec, nanos: Math.round((ms - sec * 1000) * 1_000_000) };
}
