import { QuaysideError } from '#contract/index.ts';
import type { EnvEntry, EnvFormat } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { commentedEntries } from './comments.ts';
import { quotesOf, quoteValue } from './quote.ts';

/** What is done to an env file by name. */
export interface EnvEdit {
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Finds the assignments of a text. */
export type ReadEntries = (text: string) => readonly EnvEntry[];

const nameForm = /^[A-Za-z_][\w.-]*$/;

/**
 * The text with variables set and taken out. Only the lines concerned are touched: order, comments, quotes and line ends stay. Of a
 * name that is there twice, the last counts and is set; all are taken out. Throws USAGE for a name or value that cannot be written.
 */
export function editEnvText(text: string, edit: EnvEdit, read: ReadEntries, format: EnvFormat = 'plain'): string {
  const entries = read(text);
  const removed = entries.filter(({ key }) => edit.unset.includes(key)).map((entry) => removal(text, entry));
  const splices: Splice[] = removed;
  let tail = '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  for (const [name, value] of Object.entries(edit.set)) {
    const entry = entries.findLast(({ key }) => key === name);
    if (entry) {
      splices.push(replacement(text, entry, value, format));
      continue;
    }
    if (!nameForm.test(name)) throw badName(name);
    const line = `${name}=${quoteValue(value, '', format)}${eol}`;
    const hint = commentedEntries(text, entries).find((one) => one.name === name);
    if (hint && hint.lineEnd <= text.length) splices.push({ from: hint.lineEnd, to: hint.lineEnd, text: line });
    else tail += line;
  }
  const made = apply(text, splices);
  return tail === '' ? made : `${made}${made === '' || made.endsWith('\n') ? '' : eol}${tail}`;
}

function badName(name: string): QuaysideError {
  return new QuaysideError('USAGE', say`${JSON.stringify(name)} cannot be the name of a variable.`, {
    remedy: say`A name is made of letters, digits, _, . and -, and does not begin with a digit.`,
  });
}

function replacement(text: string, entry: EnvEntry, value: string, format: EnvFormat): Splice {
  if (entry.inherited) {
    const at = entry.at + text.slice(entry.at, entry.valueAt).trimEnd().length;
    return { from: at, to: at, text: `=${quoteValue(value, '', format)}` };
  }
  const { valueAt, end } = entry;
  const behind = text.slice(end, lineEnd(text, end)).replace(/\r$/, '');
  // Without a blank before it, what stands behind the value would become a part of it; an empty one would take the comment.
  const tight = format === 'plain' && behind !== '' && (value === '' || !/^\s/.test(behind));
  const quotes = quotesOf(text.slice(valueAt, end));
  return { from: valueAt, to: end, text: quoteValue(value, tight && quotes === '' ? '"' : quotes, format) };
}

/** The whole lines of an assignment where it has them for itself, else only the assignment. */
function removal(text: string, { at, end }: EnvEntry): Splice {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const stop = lineEnd(text, end);
  const alone = /^\ufeff?\s*$/.test(text.slice(lineStart, at)) && /^\s*(?:#.*)?$/.test(text.slice(end, stop));
  if (!alone) return { from: at, to: end, text: '' };
  return {
    from: text.startsWith('\ufeff') ? Math.max(1, lineStart) : lineStart,
    to: Math.min(stop + 1, text.length),
    text: '',
  };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function apply(text: string, splices: readonly Splice[]): string {
  let made = text;
  for (const { from, to, text: put } of splices.toSorted((one, other) => other.from - one.from || other.to - one.to)) {
    made = made.slice(0, from) + put + made.slice(to);
  }
  return made;
}
