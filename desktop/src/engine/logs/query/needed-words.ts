import type { Expression } from './expression.ts';
import { plainRun } from './plain-run.ts';

/** What may stand otherwise in the bytes of a line than in what is compared. */
const NOT_ASCII = /[^\u0020-\u007e]+/;
/** A character that a pattern need not have. */
const optional = /.(?:[*?]|\{[^}]*\})/gs;
const between = /[\n.^$+?*{}]+/;

/** Texts that every line that passes has in its bytes, in any case; too few rather than one too many. */
export function neededWords(expression: Expression): string[] {
  switch (expression.kind) {
    case 'all':
      return expression.of.flatMap(neededWords);
    case 'text':
      return (expression.literal === undefined ? runsOf(expression.source) : [expression.literal]).flatMap((text) =>
        text.split(NOT_ASCII),
      );
    case 'field':
      return [plainRun(expression) ?? ''];
    default:
      return [];
  }
}

/** Plain runs of a pattern that has neither alternatives nor groups, classes or escapes. */
function runsOf(source: string): string[] {
  return /[\\|()[\]]/.test(source) ? [] : source.replace(optional, '\n').split(between);
}
