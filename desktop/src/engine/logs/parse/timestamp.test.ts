import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTime, formatTime, parseTime, readTimestamp, sinceParameter } from './timestamp.ts';

const seconds = fc.integer({ min: 0, max: 4_102_444_800 });
const nanos = fc.integer({ min: 0, max: 999_999_999 });

test('what is written is read again, to the nanosecond', () => {
  fc.assert(
    fc.property(seconds, nanos, fc.string(), (sec, nano, text) => {
      const stamp = formatTime({ sec, nanos: nano });
      expect(stamp).toHaveLength(30);
      const bytes = Buffer.from(`xx${stamp} ${text}`);
      expect(readTimestamp(bytes, 2)).toEqual({ sec, nanos: nano, next: 33 });
    }),
  );
});

test('other widths and zones mean what Date says they mean', () => {
  for (const text of [
    '2026-11-23T04:52:02Z',
    '2026-11-23T04:52:02.5Z',
    '2026-11-23T06:52:02.123+02:00',
    '1999-12-31T23:59:59.001-03:30',
  ]) {
    const read = readTimestamp(Buffer.from(`${text} hello`), 0);
    expect(read && read.sec * 1000 + Math.floor(read.nanos / 1e6)).toBe(Date.parse(text));
    expect(read?.next).toBe(text.length + 1);
  }
});

test('a line without text has its timestamp all the same', () => {
  expect(readTimestamp(Buffer.from('2026-11-23T04:52:02.012872006Z'), 0)?.next).toBe(30);
  expect(readTimestamp(Buffer.from('2026-11-23T04:52:02.012872006Z\n'), 0)?.next).toBe(30);
});

test.each([
  '',
  'hello',
  '2026-11-23',
  '2026-11-23 04:52:02Z x',
  '2026-11-23T04:52:02.Z x',
  '2026-11-23T04:52:02Zx',
  '2026-1a-23T04:52:02Z ',
])('%j is no timestamp', (text) => {
  expect(readTimestamp(Buffer.from(text), 0)).toBeUndefined();
});

test('order and engine parameters', () => {
  const early = { sec: 5, nanos: 9 };
  expect(compareTime(early, { sec: 5, nanos: 10 })).toBeLessThan(0);
  expect(compareTime({ sec: 6, nanos: 0 }, early)).toBeGreaterThan(0);
  expect(sinceParameter(early)).toBe('5.000000009');
  expect(parseTime('2026-11-23T04:52:02.012872006Z')).toEqual({ sec: 1795409522, nanos: 12872006 });
  expect(parseTime('0001-01-01')).toBeUndefined();
});
