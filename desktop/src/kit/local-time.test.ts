import { expect, test } from 'vitest';
import { localTime, localTimes } from './local-time.ts';

const now = new Date(2026, 10, 26, 20, 0).getTime();

test('an instant of today is a time of day, another one has its day', () => {
  const sentence = (at: Date) => `locked by mina, since ${at.toISOString()}.`;
  expect(localTimes(sentence(new Date(2026, 10, 26, 9, 5)), now)).toBe('locked by mina, since 09:05.');
  expect(localTimes(sentence(new Date(2026, 10, 25, 23, 59)), now)).toBe('locked by mina, since 2026-11-25 23:59.');
});

test('what is no instant stays as it is', () => {
  const text = 'version 2026-11-26, image 20261126T100000Z, 10:00 UTC';
  expect(localTimes(text, now)).toBe(text);
  expect(localTime('never', now)).toBe('never');
});
