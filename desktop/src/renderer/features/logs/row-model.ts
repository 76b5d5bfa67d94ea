import type { LogLine } from '#contract/index.ts';
import { plainText } from '#ui/plain-text.ts';

/** A line as its row shows it: a message and what else it carries. All texts are safe to show. */
export interface RowModel {
  message: string;
  fields: readonly (readonly [key: string, value: string])[];
}

const messageKeys = ['msg', 'message', 'event'] as const;
const shownElsewhere = new Set([
  'level',
  'severity',
  'lvl',
  'time',
  'timestamp',
  'ts',
  '@timestamp',
  'pid',
  'hostname',
  'v',
  'service',
  'stack',
]);
const maxFields = 16;
const maxValue = 200;
const maxText = 4096;
const cacheSize = 2_000;

/** Untrusted text on one line. */
const oneLine = (text: string): string => plainText(text).replaceAll('\n', ' ');

type Fields = Map<string, unknown>;

/** The line's JSON object, or nothing where it is none. Keys may be hostile, so they never become properties. */
function parseFields(text: string): Fields | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maxValue ? `${text.slice(0, maxValue)}…` : text;
}

function* flatten(fields: Iterable<[string, unknown]>, prefix: string, depth: number): Generator<[string, string]> {
  for (const [key, value] of fields) {
    if (shownElsewhere.has(key)) continue;
    if (depth > 0 && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      yield* flatten(Object.entries(value), `${prefix}${key}.`, depth - 1);
    } else {
      yield [`${prefix}${key}`, valueText(value)];
    }
  }
}

function rowOf(line: LogLine): RowModel {
  const fields = line.stream === 'marker' ? undefined : parseFields(line.text);
  if (fields === undefined) return { message: oneLine(line.text.slice(0, maxText)), fields: [] };
  const messageKey = messageKeys.find((key) => typeof fields.get(key) === 'string');
  const message = messageKey === undefined ? '' : valueText(fields.get(messageKey));
  if (messageKey !== undefined) fields.delete(messageKey);
  const shown: [string, string][] = [];
  for (const [key, value] of flatten(fields, '', 2)) {
    if (value === line.correlationId) continue;
    if (shown.length === maxFields) {
      shown.push(['…', 'more']);
      break;
    }
    shown.push([oneLine(key), oneLine(value)]);
  }
  return { message: oneLine(message), fields: shown };
}

const cache = new Map<number, { line: LogLine; row: RowModel }>();

/** The row of a line. Only lines on the screen are parsed, and those only once. */
export function rowModel(line: LogLine): RowModel {
  const known = cache.get(line.seq);
  if (known?.line === line) return known.row;
  const row = rowOf(line);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(line.seq, { line, row });
  return row;
}
