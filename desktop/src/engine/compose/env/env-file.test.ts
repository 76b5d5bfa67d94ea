import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { errorOf, sourceOf } from '../testing.ts';
import { Warnings } from '../warnings.ts';
import { parseEnvFile, parseRawEnvFile } from './env-file.ts';

const parse = (text: string): Record<string, string> =>
  Object.fromEntries(parseEnvFile(sourceOf(text), (name) => (name === 'O' ? 'from env' : undefined), new Warnings()));

/** Recorded from docker compose: what each line gives; `A` is 1. */
const recorded: readonly (readonly [string, string, string])[] = [
  ['B = spaced ', 'B', 'spaced'],
  ['C: y', 'C', 'y'],
  ['G=unq # c', 'G', 'unq'],
  ['H=unq#x', 'H', 'unq#x'],
  ['E="a\\n\\t\\$A"', 'E', 'a\n\t$A'],
  ["F='it\\'s \\n $A'", 'F', "it's \\n $A"],
  ['L=${A}${U:-d}', 'L', '1d'],
  ['N=', 'N', ''],
  ['O', 'O', 'from env'],
  ['R=$$A', 'R', '$A'],
  ['CC="#x"', 'CC', '#x'],
  ['EE="\\x41 \\0101"', 'EE', '\\x41 A'],
  ['FF=  lead', 'FF', 'lead'],
  ['X.Y-Z[0]=ok', 'X.Y-Z[0]', 'ok'],
  ['A-B=1', 'A-B', '1'],
  ['export P=q', 'P', 'q'],
  ["T='a'b", 'T', 'a'],
  ['M="two\nlines"', 'M', 'two\nlines'],
  ['=x', '', 'x'],
];

test.for(recorded)('%j sets %s', ([line, key, value]) => {
  expect(parse(`A=1\n${line}\n`)[key]).toBe(value);
});

test.for([
  ['A B=1', '1:1', 'cannot contain a space'],
  ['X=1\nA@B=1', '2:2', 'unexpected character "@"'],
  ['A="x', '1:3', 'has no end'],
  ['A=${x!}', '1:3', 'not a valid variable expression'],
] as const)('%j is refused at its place', async ([text, place, words]) => {
  const error = await errorOf(() => parse(text));
  expect(error.message).toContain(`compose.yml:${place}: `);
  expect(error.message).toContain(words);
});

test('a variable that nothing sets is warned of at its value', () => {
  const warnings = new Warnings();
  parseEnvFile(sourceOf('A=1\nB=$A$NOPE\nC=${NOPE:-x}\n'), () => undefined, warnings);
  expect(warnings.list).toMatchObject([
    { message: 'the variable NOPE is not set; an empty text is used', place: { line: 2, column: 3 } },
  ]);
});

test('the raw format takes lines as they are', () => {
  const raw = parseRawEnvFile(sourceOf('A="x $Y" # no comment\n# comment\nB\nC='), (name) =>
    name === 'B' ? 'b' : undefined,
  );
  expect(Object.fromEntries(raw)).toEqual({ A: '"x $Y" # no comment', B: 'b', C: '' });
});

test('what is written in double quotes is read back', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/[\r\\]/.test(text));
      const quoted = text.replaceAll('"', '\\"').replaceAll('$', '\\$');
      expect(parse(`K="${quoted}"`)['K']).toBe(text);
    }),
  );
});

test('any text gives variables or an error of ours', () => {
  const piece = fc.constantFrom(
    'A',
    '=',
    ':',
    '"',
    "'",
    '\\',
    '$',
    '{',
    '}',
    '#',
    ' ',
    '\n',
    'export ',
    '\r',
    '.',
    '@',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
      (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(QuaysideError);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
