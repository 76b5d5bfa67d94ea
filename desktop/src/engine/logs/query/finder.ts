import type { Expression, FieldTest } from './expression.ts';
import { numberOf } from './field-test.ts';
import { plainRun } from './plain-run.ts';

/**
 * A quick way to lines that may pass: what it does not find certainly fails. `bytes` stand in the line as they are; `pattern`
 * is found in its text, and where `accepts` is given, it has to take what the pattern's group holds.
 */
export type Finder =
  | { readonly kind: 'bytes'; readonly needle: Buffer }
  | { readonly kind: 'pattern'; readonly pattern: RegExp; readonly accepts?: (found: string) => boolean };

/** Shorter ones are in every line. */
const MIN_NEEDLE = 3;

/** Look-around, back references and line ends see more than one line where many are searched at once. */
const needsOneLine = /\(\?(?:=|!|<=|<!)|\\[1-9kn]|\[\^[^\]]*\]\*?\$|\\u|\\x0/;

/** The best finder for what every passing line has to have; undefined where there is none. */
export function finderFor(expression: Expression): Finder | undefined {
  const finders = candidates(expression);
  return finders.find(({ kind }) => kind === 'bytes') ?? finders.find((finder) => 'accepts' in finder) ?? finders[0];
}

function candidates(expression: Expression): Finder[] {
  switch (expression.kind) {
    case 'all':
      return expression.of.flatMap(candidates);
    case 'text':
      return textFinder(expression);
    case 'field':
      return fieldFinder(expression);
    case 'id':
      return isPlain(expression.value) ? [{ kind: 'bytes', needle: Buffer.from(expression.value) }] : [];
    default:
      return [];
  }
}

function textFinder({ source, flags, literal }: Extract<Expression, { kind: 'text' }>): Finder[] {
  if (literal !== undefined && !/\p{L}/u.test(literal)) return [{ kind: 'bytes', needle: Buffer.from(literal) }];
  if (literal === undefined && needsOneLine.test(source)) return [];
  return [{ kind: 'pattern', pattern: new RegExp(source, `${flags}gm`) }];
}

function isPlain(text: string): boolean {
  return /^[\w.:-]+$/.test(text);
}

function fieldFinder(test: FieldTest): Finder[] {
  const { paths, operator, value } = test;
  const keys = [...new Set(paths.map((path) => path.split('.').at(-1) ?? path))];
  if (!keys.every(isPlain)) return [];
  // Without the quote in front: a key may have dots in it, and to begin with a letter is quicker.
  const key = `(?:${keys.map((one) => one.replaceAll('.', '\\.')).join('|')})"\\s*:\\s*`;
  const run = plainRun(test);
  if (run !== undefined) return run.length < MIN_NEEDLE ? [] : [{ kind: 'bytes', needle: Buffer.from(run) }];
  const number = numberOf(value);
  // Anything but this number also passes !=.
  if (Number.isNaN(number) || operator === '~' || operator === ':' || operator === '!=') return [];
  const pattern = new RegExp(`${key}"?(-?[\\d.]+(?:[eE][+-]?\\d+)?)`, 'gm');
  return [{ kind: 'pattern', pattern, accepts: numberTest(operator, number) }];
}

function numberTest(operator: '=' | '>' | '>=' | '<' | '<=', number: number): (found: string) => boolean {
  switch (operator) {
    case '=':
      return (found) => Number(found) === number;
    case '>':
      return (found) => Number(found) > number;
    case '>=':
      return (found) => Number(found) >= number;
    case '<':
      return (found) => Number(found) < number;
    case '<=':
      return (found) => Number(found) <= number;
  }
}
