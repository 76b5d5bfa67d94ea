import { expect, test } from 'vitest';
import { CrashLimit } from './crash-limit.ts';

test('three crashes within a minute are made good, not a fourth; a minute later again', () => {
  const limit = new CrashLimit();
  expect([0, 10_000, 20_000, 30_000].map((at) => limit.allows(at))).toEqual([true, true, true, false]);
  expect(limit.allows(120_000)).toBe(true);
});
