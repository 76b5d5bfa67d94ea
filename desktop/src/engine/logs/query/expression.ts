import type { EngineTime } from '../parse/timestamp.ts';

/** `:` holds the text somewhere, in any case; `~` matches a regular expression. */
export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | ':' | '~';

/** A condition on the value of a JSON field. */
export interface FieldTest {
  readonly kind: 'field';
  /** Dotted names; the first that a line has is the one that counts. */
  readonly paths: readonly string[];
  readonly operator: Operator;
  readonly value: string;
  /** Of the pattern behind `~`. */
  readonly flags: string;
}

/** What lines have to be like. Plain data: it crosses threads. */
export type Expression =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'levels'; readonly codes: readonly number[] }
  | { readonly kind: 'services' | 'containers'; readonly names: readonly string[] }
  | { readonly kind: 'stream'; readonly number: number }
  | { readonly kind: 'time'; readonly operator: '>' | '>=' | '<' | '<='; readonly time: EngineTime }
  | { readonly kind: 'id'; readonly value: string; readonly hash: number }
  /** Matched against the text of the line; `literal` where the pattern is a plain text. */
  | { readonly kind: 'text'; readonly source: string; readonly flags: string; readonly literal?: string }
  | FieldTest;

/** Whether every line passes. */
export function isWhole(expression: Expression): boolean {
  return expression.kind === 'all' && expression.of.every(isWhole);
}

/** Whether the text of lines has to be looked at. */
export function readsText(expression: Expression): boolean {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.some(readsText);
    case 'not':
      return readsText(expression.of);
    case 'id':
    case 'text':
    case 'field':
      return true;
    default:
      return false;
  }
}

/** Whether a pattern that a person wrote runs over text: such a one may take for ever. */
export function isUnbounded(expression: Expression): boolean {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.some(isUnbounded);
    case 'not':
      return isUnbounded(expression.of);
    case 'text':
      return expression.literal === undefined;
    case 'field':
      return expression.operator === '~';
    default:
      return false;
  }
}

/** The id that every line has to have, where the expression says so. */
export function wantedIdHash(expression: Expression): number | undefined {
  if (expression.kind === 'id') return expression.hash;
  if (expression.kind !== 'all') return undefined;
  for (const part of expression.of) {
    const hash = wantedIdHash(part);
    if (hash !== undefined) return hash;
  }
  return undefined;
}
