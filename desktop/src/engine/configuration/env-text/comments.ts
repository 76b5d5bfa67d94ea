import type { EnvEntry } from '#engine/compose/index.ts';

/** An assignment that is commented out: `#NAME=value`. */
export interface CommentedEntry {
  readonly name: string;
  readonly value: string;
  readonly valueAt: number;
  readonly end: number;
  /** Behind the end of its line. */
  readonly lineEnd: number;
}

interface Line {
  readonly text: string;
  readonly at: number;
  /** Where the next one begins. */
  readonly next: number;
}

function linesOf(text: string): Line[] {
  let at = 0;
  return text.split('\n').map((line) => {
    const from = at;
    at += line.length + 1;
    return { text: line.replace(/\r$/, ''), at: from, next: at };
  });
}

const commented = /^([ \t]*#[ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.-]*)=(.*)$/;

function commentedAt({ text, at, next }: Line, entries: readonly EnvEntry[]): CommentedEntry | undefined {
  const found = commented.exec(text);
  // Such a line may also be a part of a value of several lines.
  if (!found || entries.some((entry) => entry.at < at && at < entry.end)) return undefined;
  const [, before = '', name = '', value = ''] = found;
  const valueAt = at + before.length + name.length + 1;
  return { name, value: value.trimEnd(), valueAt, end: valueAt + value.trimEnd().length, lineEnd: next };
}

/** All assignments that are commented out, in order. */
export function commentedEntries(text: string, entries: readonly EnvEntry[]): CommentedEntry[] {
  return linesOf(text).flatMap((line) => commentedAt(line, entries) ?? []);
}

/** A variable as a file describes it. */
export interface Described {
  readonly name: string;
  /** As written in the file, without quotes. */
  readonly value: string;
  readonly description?: string;
  /** Commented out: it may be left out. */
  readonly optional: boolean;
}

/**
 * The variables of an example file in order, with the comment that stands over them. A comment holds for all assignments below it up
 * to the next comment or empty line.
 */
export function describedEntries(text: string, entries: readonly EnvEntry[]): Described[] {
  const found: Described[] = [];
  let words: string[] = [];
  let fresh = true;
  for (const line of linesOf(text)) {
    const hidden = commentedAt(line, entries);
    const entry = entries.find(({ at }) => at >= line.at && at < line.at + Math.max(1, line.text.length));
    if (hidden || entry) {
      const description = words.join(' ');
      const value = hidden?.value ?? entry?.value ?? '';
      const name = hidden?.name ?? entry?.key ?? '';
      found.push({ name, value, optional: hidden !== undefined, ...(description === '' ? {} : { description }) });
      fresh = true;
    } else if (line.text.trimStart().startsWith('#')) {
      if (fresh) words = [];
      fresh = false;
      words.push(line.text.replace(/^\s*#+\s?/, '').trim());
    } else if (line.text.trim() === '') {
      words = [];
      fresh = true;
    }
  }
  return found;
}
