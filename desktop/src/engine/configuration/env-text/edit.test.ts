import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EnvFormat, readEnvEntries } from '#engine/compose/index.ts';
import { editEnvText } from './edit.ts';

const read =
  (format: EnvFormat = 'plain') =>
  (text: string) =>
    readEnvEntries('/project/.env', text, (name) => (name === 'A' ? 'from around' : undefined), format);
const edit = (text: string, set: Record<string, string>, unset: string[] = []): string =>
  editEnvText(text, { set, unset }, read());
const valuesOf = (text: string): Record<string, string | undefined> =>
  Object.fromEntries(read()(text).map(({ key, value }) => [key, value]));

const file = `# Ports.
PORT=8000 # of the backend

export KEY='a b'
#LEVEL=info

LAST="x"
`;

test.for([
  ['a plain value', { PORT: '9000' }, 'PORT=8000', 'PORT=9000'],
  ['quotes where they are needed', { PORT: 'a b' }, 'PORT=8000', "PORT='a b'"],
  ['the quotes that were there', { LAST: 'y$z' }, 'LAST="x"', 'LAST="y\\$z"'],
  ['a quote in single quotes', { KEY: "it's" }, "'a b'", '"it\'s"'],
  ['an empty value before a comment', { PORT: '' }, 'PORT=8000', 'PORT=""'],
  [
    'a new one below the line that has it commented out',
    { LEVEL: 'debug' },
    '#LEVEL=info\n',
    '#LEVEL=info\nLEVEL=debug\n',
  ],
  ['a new one at the end', { NEW: '1' }, 'LAST="x"\n', 'LAST="x"\nNEW=1\n'],
] as const)('%s', ([, set, from, to]) => {
  expect(edit(file, set)).toBe(file.replace(from, to));
});

test('what is taken out leaves comments and neighbours', () => {
  expect(edit(file, {}, ['PORT', 'KEY'])).toBe('# Ports.\n\n#LEVEL=info\n\nLAST="x"\n');
});

test('of two the last is set, both are taken out', () => {
  expect(edit('A=1\nB=2\nA=3\n', { A: '4' })).toBe('A=1\nB=2\nA=4\n');
  expect(edit('A=1\nB=2\nA=3\n', {}, ['A'])).toBe('B=2\n');
});

test('Windows line ends, a byte order mark and a missing last line end stay', () => {
  expect(edit('\ufeffA=1\r\nB=2', { A: '3', C: '4' })).toBe('\ufeffA=3\r\nB=2\r\nC=4\r\n');
  expect(edit('\ufeffA=1\r\nB=2', {}, ['A'])).toBe('\ufeffB=2');
});

test('a name without a value gets one', () => {
  expect(edit('A  \r\nB=1\n', { A: 'x' })).toBe('A=x  \r\nB=1\n');
});

test.for(['1A', 'A B', 'A=B', '', 'É!'])('%j cannot be a name', (name) => {
  expect(() => edit('', { [name]: '1' })).toThrow('cannot be the name of a variable');
});

test('the raw format takes values as they are', () => {
  expect(editEnvText('A="x"\n', { set: { A: "it's $5 # no" }, unset: [] }, read('raw'), 'raw')).toBe(
    "A=it's $5 # no\n",
  );
  expect(() => editEnvText('', { set: { A: 'x\ny' }, unset: [] }, read('raw'), 'raw')).toThrow('one line');
});

const anyValue = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...Array.from('\\\'"$#={}\n\r\t `A0')), fc.string({ minLength: 1, maxLength: 1 })),
  })
  .filter((text) => !text.includes('\0'));
const line = fc.constantFrom(
  '# A=1',
  'A=1',
  'B="x # y"',
  "C='$A'",
  'export D=${A:-x}',
  'E',
  '',
  'F="two\nlines"',
  'G= # c',
  'A=2 # c',
  "H='x' # c",
  'I="x"J=y',
);

test('whatever is set in whatever file is read back, and nothing else changes', () => {
  fc.assert(
    fc.property(
      fc.array(line),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'NEW'),
      anyValue,
      (lines, eol, name, value) => {
        const text = lines.join(eol);
        const made = edit(text, { [name]: value });
        const { D: _before, ...before } = valuesOf(text);
        const { D, ...after } = valuesOf(made);
        // D is made of A, unless it is what was set.
        expect(name === 'D' ? { ...after, D } : after).toEqual({ ...before, [name]: value });
        expect(edit(made, { [name]: value })).toBe(made);
      },
    ),
    { numRuns: 3000 },
  );
});

test('what is taken out is gone, and nothing else changes', () => {
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('B', 'C', 'E', 'F', 'G', 'H', 'J'), (lines, name) => {
      const text = lines.join('\n');
      const { [name]: _gone, ...rest } = valuesOf(text);
      expect(valuesOf(edit(text, {}, [name]))).toEqual(rest);
    }),
    { numRuns: 1000 },
  );
});
