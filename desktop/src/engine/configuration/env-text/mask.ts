import { createHash } from 'node:crypto';
import type { EnvEntry } from '#engine/compose/index.ts';
import { createMasker } from '#kit/mask-secrets.ts';
import { isSecretName, masked } from '#kit/secret-name.ts';
import { commentedEntries } from './comments.ts';
import type { ReadEntries } from './edit.ts';

const byForm = createMasker([]);

/** A value as it may be shown: masked where its name or its form says that it is a secret. */
export function shownValue(name: string, value: string): string {
  if (value === '') return value;
  return isSecretName(name) ? masked : byForm(value);
}

const isHidden = (name: string, value: string): boolean => shownValue(name, value) !== value;

interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly commented: boolean;
}

/** Where values are written, in order. */
function spansOf(text: string, entries: readonly EnvEntry[]): Span[] {
  const own = entries
    .filter(({ inherited }) => !inherited)
    .map(({ key, valueAt, end }) => ({ name: key, from: valueAt, to: end, commented: false }));
  const hidden = commentedEntries(text, entries).map(({ name, valueAt, end }) => ({
    name,
    from: valueAt,
    to: end,
    commented: true,
  }));
  return [...own, ...hidden].sort((one, other) => one.from - other.from);
}

function replaceSpans(text: string, spans: readonly { from: number; to: number; put: string }[]): string {
  return spans.reduceRight((made, { from, to, put }) => made.slice(0, from) + put + made.slice(to), text);
}

/** The text of an env file with its secrets masked, and how many were. `mark` makes what stands in the place of one. */
export function maskEnvText(
  text: string,
  read: ReadEntries,
  mark: (secret: string) => string = () => masked,
): { text: string; count: number } {
  const entries = readable(text, read);
  if (entries === undefined) return { text: byForm(text), count: 0 };
  const spans = spansOf(text, entries)
    .map((span) => ({ ...span, put: mark(text.slice(span.from, span.to)) }))
    .filter(({ name, from, to }) => isHidden(name, text.slice(from, to)));
  return { text: replaceSpans(text, spans), count: spans.length };
}

/** Where the file is broken there are no assignments to go by. */
function readable(text: string, read: ReadEntries): readonly EnvEntry[] | undefined {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}

/** Puts the secrets of `before` back where `text` has the mask; names of those that `before` does not have are told. */
export function unmaskEnvText(text: string, before: string, read: ReadEntries): { text: string; unknown: string[] } {
  const old = spansOf(before, readable(before, read) ?? []);
  const turn = new Map<string, number>();
  const unknown: string[] = [];
  const spans = spansOf(text, read(text)).flatMap((span) => {
    const key = `${span.commented ? '#' : ''}${span.name}`;
    const nth = turn.get(key) ?? 0;
    turn.set(key, nth + 1);
    if (text.slice(span.from, span.to) !== masked) return [];
    const same = old.filter(({ name }) => name === span.name);
    // A line that was commented in or out keeps its secret too.
    const known = same.filter(({ commented }) => commented === span.commented)[nth] ?? same.at(-1);
    if (!known) unknown.push(span.name);
    return known ? [{ from: span.from, to: span.to, put: before.slice(known.from, known.to) }] : [];
  });
  return { text: replaceSpans(text, spans), unknown };
}

/** What tells two secrets apart under their masks, and is taken off again before anything is shown. */
export const markedSecret = (secret: string): string =>
  `${masked}\0${createHash('sha256').update(secret).digest('hex')}\0`;
export const withoutMarks = (line: string): string => line.replace(/\0[0-9a-f]{64}\0/g, '');
