import { expect, test } from 'vitest';
import { errorOf } from '../testing.ts';
import { decodeYaml } from './decode.ts';

const decode = (bytes: Buffer): string => decodeYaml('/p/c.yml', 'c.yml', bytes).text;

test('UTF-8 and both kinds of UTF-16 are read, without their byte order mark', () => {
  const text = 'a: "é漢🙂\ufeff"\n';
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  const big = Buffer.from(little).swap16();
  expect([Buffer.from(text), Buffer.from(`\ufeff${text}`), little, big].map(decode)).toEqual([text, text, text, text]);
});

test('a text may hold U+FFFD', () => {
  expect(decode(Buffer.from('a: \ufffd\n'))).toBe('a: \ufffd\n');
});

test.for([
  [Buffer.from('a: b\nc: \xe9\n', 'latin1'), 'c.yml:2:4: the file is not valid UTF-8 here'],
  [Buffer.from('a: b\nc: "\0"\n'), 'c.yml:2:5: the control character U+0000 is not allowed'],
  [Buffer.from('a: \x7f\n'), 'c.yml:1:4: the control character U+007F is not allowed'],
  [Buffer.from('a: \x1b[1m\n'), 'c.yml:1:4: the control character U+001B is not allowed'],
] as const)('%s is refused at its place', async ([bytes, message]) => {
  expect((await errorOf(() => decode(bytes))).message).toBe(message);
});
