import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBytes, readBytes } from './bytes.ts';
import { parseDuration, readDuration, showDuration } from './duration.ts';
import { shortestFloat32, showFloat } from './number.ts';
import { splitWords } from './shell-words.ts';

test.for([
  ['90s', '1m30s'],
  ['1d', '24h0m0s'],
  ['1.5s', '1.5s'],
  ['500ms', '500ms'],
  ['0s', '0s'],
  ['0', '0s'],
  ['1w2d', '216h0m0s'],
  ['100us', '100µs'],
  ['1h1ns', '1h0m0.000000001s'],
  ['-1.5h', '-1h30m0s'],
] as const)('the duration %s is written %s', ([text, wanted]) => {
  const value = readDuration(text);
  expect(value === undefined ? undefined : showDuration(value)).toBe(wanted);
});

test.for(['', '5', 's', '1x', '1s2', '.s', '--1s', '300000h0m0s0ns1e'])('%j is no duration', (text) => {
  expect(readDuration(text)).toBeUndefined();
  expect(parseDuration(text)).toBeNaN();
});

test('a duration that was written is read back as the same one', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (value) => {
      expect(readDuration(showDuration(value))).toBe(value);
    }),
  );
});

test('durations are given in nanoseconds', () => {
  expect(parseDuration('1m30s')).toBe(90_000_000_000);
});

test.for([
  ['50m', 52_428_800n],
  ['1.5g', 1_610_612_736n],
  ['100', 100n],
  ['10 KiB', 10_240n],
  ['5b', 5n],
  ['2TB', 2_199_023_255_552n],
  ['-1', -1n],
] as const)('%s is %s bytes', ([text, wanted]) => {
  expect(readBytes(text)).toBe(wanted);
  expect(parseBytes(text)).toBe(Number(wanted));
});

test.for(['', 'm', '1x', '1mm', '1.2.3k', '5bb'])('%j is no size', (text) => {
  expect(readBytes(text)).toBeUndefined();
  expect(parseBytes(text)).toBeNaN();
});

test('floats are written as Go writes them', () => {
  expect([0, -0, 1, 0.1, 100_000, 123_456.7, 1_000_000, 0.0001, 0.000_01, 1e21, -2.5e-7].map(showFloat)).toEqual([
    ...['0', '-0', '1', '0.1', '100000', '123456.7', '1e+06', '0.0001', '1e-05', '1e+21', '-2.5e-07'],
  ]);
});

test('the shortest 32-bit float is the same 32-bit float', () => {
  expect([0.1, 0.25, 1 / 3].map(shortestFloat32)).toEqual([0.1, 0.25, 0.333_333_34]);
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(shortestFloat32(value)) === value).toBe(true);
    }),
  );
});

test.for([
  ['echo a && echo b', ['echo', 'a'], '&& echo b'],
  [`/e.sh 'a b' "c d" e\\ f $HOME`, ['/e.sh', 'a b', 'c d', 'e f', '$HOME'], undefined],
  ['', [], undefined],
  ['a "" b', ['a', '', 'b'], undefined],
  ['run 2>&1 x', ['run'], '>&1 x'],
  ['a `b c` $(d e) f', ['a', '`b c`', '$(d e)', 'f'], undefined],
] as const)('%j is split', ([line, words, cut]) => {
  expect(splitWords(line)).toEqual(cut === undefined ? { words } : { words, cut });
});

test.for(["a 'b", 'a "b', 'a \\', 'echo (a)'])('%j cannot be split', (line) => {
  expect(splitWords(line)).toBeUndefined();
});

test('single-quoted words come back as they were', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().map((text) => text.replaceAll("'", '')),
        { maxLength: 5 },
      ),
      (words) => {
        expect(splitWords(words.map((word) => `'${word}'`).join(' '))).toEqual({ words });
      },
    ),
  );
});
