import type { LogLine } from '#contract/index.ts';
import { plainText } from '#ui/plain-text.ts';
import { styledText } from './ansi.ts';
import type { Style } from './highlight.ts';
import { type Fields, flatFields, parseFields, valueAt, valueText } from './line-fields.ts';

/** A line as its row shows it: a message and what else it carries. All texts are safe to show. */
export interface RowModel {
  message: string;
  styles: readonly Style[];
  fields: readonly (readonly [key: string, value: string])[];
  /** True where there are more fields than a row shows. */
  more: boolean;
  /** What the line has under this name; nothing where it has no such field. */
  cell: (path: string) => string;
  /** True where the line says nothing by itself: it goes on with what the line above began. */
  continues: boolean;
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
const maxText = 4096;
const cacheSize = 2_000;
/** Characters of the lines whose rows are kept. */
const cacheCharacters = 2_000_000;

/** Untrusted text on one line. */
const oneLine = (text: string): string => plainText(text).replaceAll('\n', ' ');

function styledLine(text: string): Pick<RowModel, 'message' | 'styles'> {
  const { text: shown, styles } = styledText(text);
  return { message: shown.replaceAll('\n', ' '), styles };
}

/** Indented lines, and what runtimes write below the head of a stack trace. */
const continuation = /^(?:[ \t]+\S|Caused by: |\.\.\. \d+ more|[}\])]+[,;]?\s*$)/;

export function isContinuation({ stream, level, text }: LogLine): boolean {
  return stream !== 'marker' && level === 'none' && continuation.test(text);
}

function shownFields(fields: Fields, { correlationId }: LogLine): Pick<RowModel, 'fields' | 'more'> {
  const shown: [string, string][] = [];
  for (const [key, value] of flatFields(fields)) {
    const last = key.split('.').at(-1) ?? key;
    if (shownElsewhere.has(key) || last === 'stack' || value === correlationId) continue;
    if (shown.length === maxFields) return { fields: shown, more: true };
    shown.push([oneLine(key), oneLine(valueText(value))]);
  }
  return { fields: shown, more: false };
}

function rowOf(line: LogLine): RowModel {
  const fields = line.stream === 'marker' ? undefined : parseFields(line.text);
  if (fields === undefined) {
    const plain = styledLine(line.text.slice(0, maxText));
    return { ...plain, fields: [], more: false, cell: () => '', continues: isContinuation(line) };
  }
  const cell = (path: string): string => {
    const value = valueAt(fields, path);
    return value === undefined ? '' : oneLine(valueText(value));
  };
  const messageKey = messageKeys.find((key) => typeof fields.get(key) === 'string');
  const message = messageKey === undefined ? '' : valueText(fields.get(messageKey), maxText);
  const others = new Map([...fields].filter(([key]) => key !== messageKey));
  return { ...styledLine(message), ...shownFields(others, line), cell, continues: false };
}

const cache = new Map<number, { line: LogLine; row: RowModel }>();
let cached = 0;

/** The row of a line. Only lines on the screen are parsed, and those only once. */
export function rowModel(line: LogLine): RowModel {
  const known = cache.get(line.seq);
  if (known?.line === line) return known.row;
  const row = rowOf(line);
  if (cache.size >= cacheSize || cached + line.text.length > cacheCharacters) {
    cache.clear();
    cached = 0;
  }
  cached += line.text.length;
  cache.set(line.seq, { line, row });
  return row;
}
