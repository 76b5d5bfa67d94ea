import { expect, test } from 'vitest';
import type { ImageTrust } from '#contract/index.ts';
import { trustWords } from './trust-words.ts';

const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const verified: ImageTrust = {
  state: 'verified',
  signer: `https://github.com/${workflow}@refs/heads/main`,
  rule: { verify: 'require', workflow },
};
const unsigned = (verify: 'require' | 'warn' | 'off'): ImageTrust => ({
  state: 'unsigned',
  rule: { verify, workflow },
});

test('nothing is said of images that no rule asks about', () => {
  expect(trustWords(undefined)).toBeUndefined();
  expect(trustWords({ api: { state: 'unchecked' }, page: unsigned('off') })).toBeUndefined();
  expect(trustWords({ api: { state: 'unchecked', rule: { verify: 'warn' } } })).toBeUndefined();
});

test('a release is told as its worst image is', () => {
  expect(trustWords({ api: verified, page: verified })).toBe('verified: acme/shop');
  expect(trustWords({ api: verified, db: { state: 'unchecked' } })).toBe('1 of 2 images verified');
  expect(trustWords({ api: verified, page: unsigned('warn') })).toBe('unsigned');
  expect(trustWords({ api: unsigned('warn'), page: unsigned('require') })).toBe('refused: unsigned');
  expect(trustWords({ api: { state: 'unchecked', rule: { verify: 'require' } } })).toBe(
    'refused: policy names no workflow',
  );
});
