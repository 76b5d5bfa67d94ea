import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayInstall } from './update-rules.ts';

test.each([
  ['1.2.3', '1.2.4'],
  ['1.2.3', '1.10.0'],
  ['1.9.0', '2.0.0'],
  ['1.0.0-beta.1', '1.0.0-beta.2'],
  ['1.0.0-beta.9', '1.0.0-beta.10'],
  ['1.0.0-beta.1', '1.0.0'],
])('%s may become %s', (running, offered) => {
  expect(mayInstall(running, offered)).toBe(true);
});

test.each([
  ['the same', '1.2.3', '1.2.3'],
  ['a lower patch', '1.2.3', '1.2.2'],
  ['a lower one that sorts higher as text', '1.10.0', '1.9.9'],
  ['a prerelease of the same', '1.2.3', '1.2.3-beta.1'],
  ['a prerelease of a higher one', '1.2.3', '2.0.0-beta.1'],
  ['a lower prerelease', '1.0.0-beta.2', '1.0.0-beta.1'],
  ['nothing', '1.2.3', ''],
  ['two numbers', '1.2.3', '2.0'],
  ['a leading v', '1.2.3', 'v2.0.0'],
  ['a blank', '1.2.3', ' 2.0.0'],
  ['a build number', '1.2.3', '2.0.0+1'],
  ['leading zeros', '1.2.3', '02.0.0'],
  ['a range', '1.2.3', '>=2.0.0'],
  ['a number beyond counting', '1.2.3', '99999999999999999999.0.0'],
  ['a path', '1.2.3', '../2.0.0'],
  ['a very long text', '1.2.3', `2.0.0-${'a'.repeat(10_000)}`],
  ['any, where it is not known what runs', 'unknown', '2.0.0'],
])('%s is refused', (_what, running, offered) => {
  expect(mayInstall(running, offered)).toBe(false);
});

test('of two versions at most one may become the other, so no update is ever undone by another', () => {
  const suffix = fc.constantFrom('', '-alpha.1', '-beta.1', '-beta.2');
  const version = fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(3), suffix)
    .map(([major, minor, patch, end]) => `${major}.${minor}.${patch}${end}`);
  fc.assert(
    fc.property(version, version, (one, other) => !(mayInstall(one, other) && mayInstall(other, one))),
    { numRuns: 2_000 },
  );
});
