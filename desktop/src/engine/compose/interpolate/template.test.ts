import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { substitute, TemplateError } from './template.ts';

const values: Readonly<Record<string, string>> = { E: '', S: 'set', lower: 'lo', UPPER: 'UP' };
const lookup = (name: string): string | undefined => values[name];
const run = (text: string): string => substitute(text, { lookup });

/** Recorded from docker compose. */
const recorded: Readonly<Record<string, string>> = {
  '${U:-def}': 'def',
  '${E-def}': '',
  '${S:+alt}': 'alt',
  '${E+alt}': 'alt',
  '${U+alt}': '',
  '${U:-${E:-${S}}}': 'set',
  '${U:-a${S}b}c': 'asetbc',
  '${U:-{"a":"}"}}': '{"a":"}"}',
  '${U:-{}': '{',
  '$$S $$$S': '$S $set',
  '$S-x ${S}y $S.z': 'set-x sety set.z',
  '${U:-a-b:c?d}': 'a-b:c?d',
  '${U:-$$x}': '$x',
  $: '$',
  $1: '$1',
  a$: 'a$',
};

test.for(Object.entries(recorded))('%s becomes %s', ([text, wanted]) => {
  expect(run(text)).toBe(wanted);
});

describe('expressions that are none', () => {
  test.for(['${}', '${1a}', '${S!x}', '${a b}', '${S', '${Ü}', '${S:0:1}', '${U:-a\nb}'])('%j', (text) => {
    expect(() => run(text)).toThrow(TemplateError);
  });
});

test('a required variable says which one and why', () => {
  expect.assertions(2);
  try {
    run('${R:?must be ${S}}');
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ reason: 'required', variable: 'R', message: 'must be set' });
  }
});

test('unset variables are reported, those with a default are not', () => {
  const unset: string[] = [];
  substitute('$A ${B} ${C:-x} ${S}', { lookup, onUnset: (name) => unset.push(name) });
  expect(unset).toEqual(['A', 'B']);
});

test('hostile texts end quickly', () => {
  const before = performance.now();
  expect(() => run('${A:-'.repeat(50_000))).toThrow(TemplateError);
  expect(() => run('${A:-'.repeat(5000) + '}'.repeat(5000))).toThrow(TemplateError);
  expect(run('${A:-}'.repeat(50_000))).toBe('');
  expect(performance.now() - before).toBeLessThan(2000);
});

test('any text gives a text or a template error', () => {
  const piece = fc.constantFrom('$', '{', '}', ':', '-', '+', '?', 'A', 'S', '_', '1', ' ', '\n', '$$', '${', 'ü');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
      (text) => {
        try {
          expect(typeof run(text)).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('a text without dollars stays', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes('$'));
      expect(run(text)).toBe(text);
    }),
  );
});
