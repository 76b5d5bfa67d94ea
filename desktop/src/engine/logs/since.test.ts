import { expect, test } from 'vitest';
import { parseSince } from './since.ts';

const now = Date.parse('2026-01-31T12:00:00.500Z');

test.each([
  ['10s', now - 10_000],
  ['1h30m', now - 5_400_000],
  ['0.5m', now - 30_000],
  ['2026-01-30', Date.parse('2026-01-30')],
  ['2026-01-31T10:00:00Z', Date.parse('2026-01-31T10:00:00Z')],
  ['2026-01-31T10:00:00.25+01:00', Date.parse('2026-01-31T10:00:00.25+01:00')],
])('%s', (text, ms) => {
  expect(Number(parseSince(text, now)) * 1000).toBe(ms);
});

test('nanoseconds are kept', () => {
  expect(parseSince('2026-01-31T10:00:00.123456789Z', now)).toMatch(/\.123456789$/);
  expect(parseSince('1769853600.5', now)).toBe('1769853600.500000000');
});

test.each(['', 'yesterday', '10x', '-5m'])('%j is refused', (text) => {
  expect(() => parseSince(text, now)).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error);
});
