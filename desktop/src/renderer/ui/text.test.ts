import { afterEach, describe, expect, test } from 'vitest';
import { speak } from '#words/index.ts';
import { ago, bytes, clock, clockIn, count, decimal, duration, memory, moment, preciseClock } from './format.ts';
import { plainText } from './plain-text.ts';

afterEach(() => speak('en'));

describe('plain text', () => {
  test('terminal escapes are gone, with what they would do', () => {
    expect(plainText('\u001b[1;31mred\u001b[0m')).toBe('red');
    expect(plainText('a\u001b]52;c;c2VjcmV0\u0007b')).toBe('ab');
    expect(plainText('\u001b]8;;javascript:alert(1)\u001b\\link\u001b]8;;\u001b\\')).toBe('link');
    expect(plainText('\u001bP+q\u001b\\x\u009b31my\u009d0;title\u009cz')).toBe('xyz');
    expect(plainText('unfinished \u001b[')).toBe('unfinished ');
  });

  test('control and invisible characters are symbols', () => {
    expect(plainText('a\u0000b\u0007c\u007f')).toBe('a␀b␇c␡');
    expect(plainText('x\u202ey\u200bz\ufeff')).toBe('x⟨U+202E⟩y⟨U+200B⟩z⟨U+FEFF⟩');
    expect(plainText('tab\tline\r\nnext\rover')).toBe('tab\tline\nnext␍over');
  });
});

test('amounts for people', () => {
  expect([0, 999, 1000, 1500, 84_000_000, 1_234_000_000].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.5 kB',
    '84 MB',
    '1.2 GB',
  ]);
  expect([0, 0.004, 0.42, 3, 18.9, 61, 11_520, 187_200].map(duration)).toEqual([
    '0 s',
    '0 s',
    '0.4 s',
    '3 s',
    '18 s',
    '1 min 1 s',
    '3 h 12 min',
    '2 d 4 h',
  ]);
});

test('times of day on this machine', () => {
  const time = new Date(2026, 2, 5, 9, 7, 3, 42);
  expect([clock(time.getTime()), clock(time.toISOString(), true), preciseClock(time.toISOString())]).toEqual([
    '09:07',
    '09:07:03',
    '09:07:03.042',
  ]);
  expect(moment(time.toISOString(), time.getTime())).toBe('09:07');
  expect(moment(time.toISOString(), new Date(2026, 2, 6).getTime())).toBe('5 Mar 09:07');
  const utc = '2026-03-05T23:07:03.042Z';
  expect([clockIn(true, utc), clockIn(true, utc, true), preciseClock(utc, true), clockIn(true, 'never')]).toEqual([
    '23:07 UTC',
    '23:07:03 UTC',
    '23:07:03.042',
    '',
  ]);
  expect(clockIn(false, time.getTime())).toBe('09:07');
  expect([clock('never'), preciseClock('never')]).toEqual(['', 'never']);
});

test('how long ago, roughly', () => {
  const now = Date.parse('2026-03-20T12:00:00Z');
  const before = (seconds: number) => ago(new Date(now - seconds * 1000).toISOString(), now);
  expect([-5, 20, 300, 7200, 90_000, 200_000, 800_000, 3_000_000].map(before)).toEqual([
    'just now',
    'just now',
    '5 minutes ago',
    '2 hours ago',
    'yesterday',
    '2 days ago',
    'last week',
    'last month',
  ]);
  expect(ago('never', now)).toBe('');
});

test('in German, and in English again', async () => {
  const now = Date.parse('2026-03-20T12:00:00Z');
  const said = () => [
    bytes(1_234_000_000),
    duration(0.42),
    duration(187_200),
    duration(90_000),
    count(214_806),
    moment(new Date(2026, 2, 5, 9, 7).toISOString(), now),
    ago(new Date(now - 300_000).toISOString(), now),
    ago(new Date(now - 90_000_000).toISOString(), now),
    ago(new Date(now).toISOString(), now),
    decimal(5, true),
    memory(123_207_680),
    memory(64 * 2 ** 20),
  ];
  const english = said();
  await speak('de');
  expect(said()).toEqual([
    '1,2 GB',
    '0,4 s',
    '2 Tage 4 h',
    '1 Tag 1 h',
    '214.806',
    '5. März 09:07',
    'vor 5 Minuten',
    'gestern',
    'gerade eben',
    '5,0',
    '117,5 MB',
    '64 MB',
  ]);
  await speak('en');
  expect(said()).toEqual(english);
  expect(english.slice(0, 5)).toEqual(['1.2 GB', '0.4 s', '2 d 4 h', '1 d 1 h', '214,806']);
  expect(english.slice(-3)).toEqual(['5.0', '117.5 MB', '64 MB']);
});
