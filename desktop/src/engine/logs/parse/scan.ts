import { type LevelCode, levelOfNumber, levelOfWord, NO_LEVEL } from './level.ts';
import { levelOfPlainText } from './plain.ts';

/**
 * What a line tells about itself without being parsed. `idStart` is -1 where it carries no correlation id. One object for
 * all lines, filled anew by each scan.
 */
export interface Scan {
  readonly level: LevelCode;
  readonly idStart: number;
  readonly idEnd: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COMMA = 44;
const COLON = 58;
const MAX_ID_BYTES = 200;
const MAX_WORD_BYTES = 16;

/** Best first: where a line carries several ids, the first of these names it. */
const idKeys = [
  'correlationId',
  'correlation_id',
  'reqId',
  'req.id',
  'requestId',
  'traceId',
  'trace_id',
  'x-request-id',
] as const;
const NESTED_ID = idKeys.indexOf('req.id');
const ROLE_LEVEL = -1;
const ROLE_REQUEST = -2;
const ROLE_NONE = -3;

interface Key {
  readonly bytes: Uint8Array;
  /** Index in `idKeys`, or one of the ROLE constants. */
  readonly role: number;
}

const key = (name: string, role: number): Key => ({ bytes: Buffer.from(name), role });
const topKeys: Key[][] = byLength([
  ...['level', 'severity', 'lvl'].map((name) => key(name, ROLE_LEVEL)),
  ...idKeys.map((name, rank) => key(name, rank)),
  key('req', ROLE_REQUEST),
]);
const requestKeys: Key[][] = byLength([key('id', NESTED_ID)]);

function byLength(keys: readonly Key[]): Key[][] {
  const table: Key[][] = [];
  for (const entry of keys) (table[entry.bytes.length] ??= []).push(entry);
  return table;
}

function roleOf(bytes: Uint8Array, start: number, end: number, keys: readonly Key[][]): number {
  const candidates = keys[end - start];
  if (candidates === undefined) return ROLE_NONE;
  const length = end - start;
  // Plain loops: this runs for every key of every line.
  for (const entry of candidates) {
    let at = 0;
    while (at < length && bytes[start + at] === entry.bytes[at]) at += 1;
    if (at === length) return entry.role;
  }
  return ROLE_NONE;
}

/** Spans of the ids found in the line at hand, by rank; reused because one is filled per line. */
const spans = new Int32Array(idKeys.length * 2);
let level: LevelCode = NO_LEVEL;

/** Index of the quote that ends the string whose text starts at `at`, or `end`. */
function stringEnd(bytes: Uint8Array, at: number, end: number): number {
  let index = at;
  while (index < end) {
    const byte = bytes[index];
    if (byte === QUOTE) return index;
    index += byte === BACKSLASH ? 2 : 1;
  }
  return end;
}

function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let index = at;
  while (index < end && (bytes[index] ?? 0) <= 32) index += 1;
  return index;
}

/** Index behind the object or array that starts at `at`. */
function nestedEnd(bytes: Uint8Array, at: number, end: number): number {
  let depth = 0;
  let index = at;
  while (index < end) {
    const byte = bytes[index];
    if (byte === QUOTE) index = stringEnd(bytes, index + 1, end);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    index += 1;
    if (depth === 0) return index;
  }
  return end;
}

function literalEnd(bytes: Uint8Array, at: number, end: number): number {
  let index = at;
  for (; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte <= 32) break;
  }
  return index;
}

/** A whole decimal number, or NaN. */
function integer(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return end > start ? value : Number.NaN;
}

function noteLevel(bytes: Uint8Array, start: number, end: number, quoted: boolean): void {
  // The first level is the logger's own; a second one comes from merged fields.
  if (level !== NO_LEVEL || end - start > MAX_WORD_BYTES) return;
  const number = integer(bytes, start, end);
  if (!Number.isNaN(number)) level = levelOfNumber(number);
  else if (quoted)
    level = levelOfWord(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1'));
}

/** As in JSON.parse, the last value of a repeated id key counts, also where it is none. */
function noteId(bytes: Uint8Array, rank: number, start: number, end: number, quoted: boolean): void {
  const first = bytes[start] ?? 0;
  const usable = quoted || (first >= 48 && first <= 57) || first === 45;
  const fits = end > start && end - start <= MAX_ID_BYTES;
  spans[rank * 2] = usable && fits ? start : -1;
  spans[rank * 2 + 1] = end;
}

/** Walks the members of the object whose brace is at `at - 1`; answers the index behind it. */
function scanMembers(bytes: Uint8Array, from: number, end: number, keys: readonly Key[][]): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === CLOSE_BRACE) return at + 1;
    if (byte !== QUOTE) {
      at += 1;
      continue;
    }
    const keyEnd = stringEnd(bytes, at + 1, end);
    const colon = skipSpace(bytes, keyEnd + 1, end);
    if (bytes[colon] !== COLON) return end;
    at = scanValue(bytes, skipSpace(bytes, colon + 1, end), end, roleOf(bytes, at + 1, keyEnd, keys));
  }
  return end;
}

function scanValue(bytes: Uint8Array, at: number, end: number, role: number): number {
  const byte = bytes[at];
  if (role === ROLE_REQUEST) {
    spans[NESTED_ID * 2] = -1;
    if (byte === OPEN_BRACE) return scanMembers(bytes, at + 1, end, requestKeys);
  }
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
    if (role >= 0) spans[role * 2] = -1;
    return nestedEnd(bytes, at, end);
  }
  const quoted = byte === QUOTE;
  const start = quoted ? at + 1 : at;
  const stop = quoted ? stringEnd(bytes, start, end) : literalEnd(bytes, start, end);
  if (role === ROLE_LEVEL) noteLevel(bytes, start, stop, quoted);
  else if (role >= 0) noteId(bytes, role, start, stop, quoted);
  return quoted ? stop + 1 : stop;
}

const scanned = { level: NO_LEVEL, idStart: -1, idEnd: -1 };

/**
 * Finds level and correlation id in a line by walking its bytes: top-level keys of a JSON object (and `req.id`), otherwise
 * a leading level word. Never throws: what is not JSON after all simply yields less.
 */
export function scanLine(bytes: Uint8Array, from = 0, end = bytes.length): Scan {
  const start = skipSpace(bytes, from, end);
  scanned.idStart = -1;
  scanned.idEnd = -1;
  if (start >= end || bytes[start] !== OPEN_BRACE) {
    scanned.level = levelOfPlainText(bytes, from, end);
    return scanned;
  }
  level = NO_LEVEL;
  spans.fill(-1);
  scanMembers(bytes, start + 1, end, topKeys);
  scanned.level = level;
  for (let rank = 0; rank < idKeys.length; rank += 1) {
    const idStart = spans[rank * 2] ?? -1;
    if (idStart < 0) continue;
    scanned.idStart = idStart;
    scanned.idEnd = spans[rank * 2 + 1] ?? idStart;
    break;
  }
  return scanned;
}

const pinoStart = Buffer.from('{"level":');
const ONE = 49;

/** The level alone. A line that begins as pino's do tells it by position; every other line is scanned. */
export function lineLevel(bytes: Uint8Array, start: number, end: number): LevelCode {
  let at = 0;
  while (at < pinoStart.length && bytes[start + at] === pinoStart[at]) at += 1;
  const digit = start + at;
  const tens = (bytes[digit] ?? 0) - ONE;
  // Two digits and a comma: 10 to 60 as pino numbers its levels. The first level of a line is the one that counts.
  if (at === pinoStart.length && digit + 2 < end && tens >= 0 && tens <= 5 && bytes[digit + 2] === COMMA) {
    const unit = (bytes[digit + 1] ?? 0) - ONE + 1;
    if (unit >= 0 && unit <= 9) return tens;
  }
  return scanLine(bytes, start, end).level;
}
