import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Expression } from './expression.ts';

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Lines that hold this text, in any case. */
export function textExpression(text: string): Expression {
  return { kind: 'text', source: escaped(text), flags: 'i', literal: text };
}

/** Lines that match. Throws USAGE where the pattern is no regular expression. */
export function patternExpression(source: string, flags: string): Expression {
  checkPattern(source, flags);
  return { kind: 'text', source, flags };
}

/** Throws USAGE where this is no regular expression, or has a flag that means nothing here. */
export function checkPattern(source: string, flags: string): void {
  if (!/^i?$/.test(flags)) {
    throw new QuaysideError('USAGE', say`A search pattern cannot have the flags "${flags}".`, {
      remedy: say`Only i is known, for any case.`,
    });
  }
  try {
    new RegExp(source, flags);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new QuaysideError('USAGE', say`The search pattern is not a regular expression: ${message}`, {
      remedy: say`Correct the pattern between the slashes, or leave the slashes out to search for the text itself.`,
      cause: error,
    });
  }
}

/** What a search box may hold: `/…/` and `/…/i` are regular expressions, everything else is text in any case. */
export function searchExpression(search: string): Expression | undefined {
  if (search === '') return undefined;
  const [, source, flags = ''] = /^\/(.+)\/([a-z]*)$/.exec(search) ?? [];
  return source === undefined ? textExpression(search) : patternExpression(source, flags);
}
