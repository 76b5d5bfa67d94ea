import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { errorOf, sourceOf } from '../testing.ts';
import { plainOf, scalarText } from '../tree/show.ts';
import { parseYaml } from './parse.ts';
import { plainScalar } from './scalar.ts';

const read = async (text: string): Promise<unknown> =>
  (await parseYaml(sourceOf(text))).map((document) => plainOf(document.root));

/** Recorded from docker compose 2.40.3: what a plain scalar becomes when it is used as a text. */
const recorded: Readonly<Record<string, string>> = {
  '1.10': '1.1',
  '1e6': '1e+06',
  '1e21': '1e+21',
  '123456789.123': '1.23456789123e+08',
  '0777': '511',
  '0o777': '511',
  '0888': '888',
  '0xFF': '255',
  '0XFF': '255',
  '0b11': '3',
  '1_000': '1000',
  '1_0.5': '10.5',
  '-017': '-15',
  yes: 'yes',
  off: 'off',
  True: 'true',
  tRue: 'tRue',
  '22:22': '22:22',
  '18446744073709551615': '18446744073709551615',
  '99999999999999999999999': '1e+23',
  '+5': '5',
  '12e03': '12000',
  '1.': '1',
  '.5': '0.5',
  '1000000.0': '1e+06',
  '12345678.9': '1.23456789e+07',
  '0.00001': '1e-05',
  '123456789012345678': '123456789012345678',
  '1.0': '1',
};

test.for(Object.entries(recorded))('the plain scalar %s reads as %s', async ([text, wanted]) => {
  const [document] = await parseYaml(sourceOf(text));
  expect(document === undefined ? undefined : scalarText(document.root)).toBe(wanted);
});

test('nothing, dates and quoted texts keep their kind', async () => {
  expect(['', '~', 'null', 'Null', 'NULL'].map((text) => plainScalar(text).kind)).toEqual(Array(5).fill('null'));
  expect(
    ['2020-01-01', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43'].map((text) => plainScalar(text).kind),
  ).toEqual(Array(3).fill('time'));
  expect(await read('a: "0777"\nb: \'null\'\n')).toEqual([{ a: '0777', b: 'null' }]);
});

test.for([
  ['block maps', Array.from({ length: 1400 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
  ['a line of dashes', `a:\n  ${'- '.repeat(20_000)}x`],
  ['a line of question marks', `${'? '.repeat(20_000)}x`],
])('%s nested without end are refused as such', async ([, text = '']) => {
  expect((await errorOf(() => parseYaml(sourceOf(text)))).message).toContain('nested deeper');
});

test('anchors, merge keys and documents', async () => {
  expect(await read('a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\nc: {<<: [{p: 9}, *x]}')).toEqual([
    { a: { p: 1, q: 2 }, b: { q: 3, p: 1 }, c: { p: 9, q: 2 } },
  ]);
  expect(await read('a: 1\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
});

test('tags are recorded by path, also through an alias', async () => {
  const [document] = await parseYaml(sourceOf('a: &x {p: !reset null, q: 1}\nb: *x\nc: !override [1]\n'));
  expect(document?.resets).toEqual([['a', 'p'], ['b', 'p'], ['c']]);
  expect(document === undefined ? undefined : plainOf(document.root)).toEqual({ a: { q: 1 }, b: { q: 1 }, c: [1] });
});

test.for([
  ['a: 1\na: 2', '2:1', 'already defined on line 1'],
  ['1: x', '1:1', 'is not a text'],
  ['a: *x', '1:4', 'unknown anchor'],
  ['a: &x [*x]', '1:8', 'contains itself'],
  ['a:\n\tb: 1', '2:1', 'not valid YAML'],
  ['a: "x', '1:6', 'not valid YAML'],
  ['a: {<<: 1}', '1:9', 'a merge key'],
] as const)('%j is refused at its place', async ([text, place, words]) => {
  const error = await errorOf(() => read(text));
  expect(error.code).toBe('COMPOSE_INVALID');
  expect(error.message).toContain(`compose.yml:${place}: `);
  expect(error.message).toContain(words);
});

test('a bomb of aliases ends at once', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level++)
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  const times: number[] = [];
  const heap = process.memoryUsage().heapUsed;
  for (let round = 0; round < 5; round++) {
    const before = performance.now();
    const error = await errorOf(() => read(lines.join('\n')));
    times.push(performance.now() - before);
    expect(error.message).toContain('more than 100000 values');
  }
  expect(Math.min(...times)).toBeLessThan(100);
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(64 * 1024 * 1024);
});

test('what is nested too deep is refused', async () => {
  expect((await errorOf(() => read(`a: ${'['.repeat(60)}${']'.repeat(60)}`))).message).toContain('nested deeper');
  expect((await errorOf(() => read(`a: ${'['.repeat(100_000)}`))).message).toContain('nested deeper');
  const steps = Array.from({ length: 80 }, (_, index) => `${' '.repeat(index)}a:`).join('\n');
  expect((await errorOf(() => read(steps))).message).toContain('nested deeper');
});

test(
  'whatever the text, the answer is a tree or an error of ours',
  async () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&x ',
      '*x',
      '!reset ',
      '!!int ',
      '<<',
      '#',
      '|',
      '>',
      '0777',
      '~',
      ',',
      '\t',
      '---\n',
      '%',
      '\u00e9',
      '\ud800',
    );
    await fuzz(
      'YAML',
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 25 }).map((parts) => parts.join('')),
        ),
        async (text) => {
          try {
            await parseYaml(sourceOf(text));
          } catch (error) {
            expect(error).toBeInstanceOf(QuaysideError);
          }
        },
      ),
      300,
    );
  },
  fuzzTimeout,
);
