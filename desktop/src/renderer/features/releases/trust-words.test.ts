import { expect, test } from 'vitest';
import type { AskedTrust, ImageTrust, Problem } from '#contract/index.ts';
import { speak } from '#words/index.ts';
import { isRefused, refusalOf, refusalWords, trustedImages, trustFacts, trustLook } from './trust-words.ts';

await speak('en');

const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const signer = `https://github.com/${workflow}@refs/heads/main`;
const asked = (verify: AskedTrust['verify']): AskedTrust => ({
  verify,
  workflow,
  refs: ['refs/heads/main'],
  issuer: 'https://token.actions.githubusercontent.com',
});
const verified: ImageTrust = { state: 'verified', signer, rule: asked('require') };
const found = (state: ImageTrust['state'], verify: AskedTrust['verify']): ImageTrust => ({
  state,
  rule: asked(verify),
});
const failures = ['unsigned', 'untrusted', 'tampered', 'unverifiable'] as const;

test('nothing is said where the policy asks for nothing', () => {
  for (const trusts of [undefined, {}, { api: { state: 'unchecked' as const } }, { api: found('unsigned', 'off') }]) {
    expect(trustLook(trusts)).toBeUndefined();
    expect(isRefused(trusts)).toBe(false);
  }
  expect(trustedImages({ api: { state: 'unchecked' } })).toEqual([]);
  expect(trustedImages({ api: { state: 'unchecked', rule: { verify: 'warn' } } })[0]?.look).toBeUndefined();
});

test('what is verified is told with who built it, and never for images that nobody looked at', () => {
  expect(trustLook({ api: verified, page: verified })).toEqual({
    tone: 'ok',
    icon: 'check',
    word: 'Verified: acme/shop',
  });
  expect(trustLook({ api: verified, db: { state: 'unchecked' } })?.word).toBe('1 of 2 images verified');
});

test('what is wished for in vain is amber, what is required in vain is refused', () => {
  for (const state of failures) {
    const [warned, refused] = [trustLook({ api: found(state, 'warn') }), trustLook({ api: found(state, 'require') })];
    expect(warned?.tone, state).toBe('warn');
    expect(refused, state).toMatchObject({ tone: 'bad', word: `Refused: ${warned?.word.toLowerCase() ?? ''}` });
    expect(isRefused({ api: found(state, 'require') }), state).toBe(true);
    expect(isRefused({ api: found(state, 'warn') }), state).toBe(false);
  }
  expect(trustLook({ api: verified, page: found('unsigned', 'warn') })?.tone).toBe('warn');
  expect(trustLook({ api: found('unsigned', 'warn'), page: found('tampered', 'require') })?.word).toBe(
    'Refused: signature does not hold',
  );
  expect(trustLook({ api: { state: 'unchecked', rule: { verify: 'require' } } })?.word).toBe(
    'Refused: policy names nobody',
  );
});

test('in detail: what was found, what the policy asks, who signed it and who vouches for that', () => {
  const facts = trustFacts({ state: 'untrusted', signer: 'somebody', reason: 'expected x', rule: asked('require') });
  expect(facts.map(({ what, value }) => `${what}: ${value}`)).toEqual([
    'Found: It is signed, but not by whom the policy names.',
    'Policy: Verification is required: without it, it is not deployed.',
    `Has to be built by: ${workflow} @ refs/heads/main`,
    'Signed by: somebody',
    'Vouched for by: https://token.actions.githubusercontent.com',
    'In detail: expected x',
  ]);
  expect(trustFacts(found('unchecked', 'off')).map(({ value }) => value)).toEqual([
    'Not looked at.',
    'Verification is switched off for it.',
  ]);
  expect(trustFacts({ state: 'unchecked' }).map(({ value }) => value)).toEqual([
    'Not looked at: the policy names no workflow for it.',
    'No rule is about it.',
  ]);
});

test('a refusal has a cause and a remedy, each of its own', () => {
  const details = { service: 'api', image: 'ghcr.io/acme/api:1', rule: asked('require') };
  const told = [...failures, 'unchecked' as const].map((state) => refusalWords([{ ...details, state }]));
  for (const { causes, remedies } of told) {
    expect(causes).toEqual([expect.stringContaining('ghcr.io/acme/api:1')]);
    expect(remedies).toEqual([expect.stringMatching(/\.$/)]);
  }
  expect(new Set(told.flatMap(({ causes }) => causes)).size).toBe(told.length);
  expect(new Set(told.flatMap(({ remedies }) => remedies)).size).toBe(told.length);
  const both = refusalWords(['api', 'web'].map((service) => ({ ...details, service, state: 'unsigned' })));
  expect(both.causes).toEqual([expect.stringContaining('api'), expect.stringContaining('web')]);
  expect(both.remedies).toHaveLength(1);
});

test('only what the policy refuses is told as its refusal', () => {
  const problem: Problem = {
    code: 'IMAGE_UNTRUSTED',
    message: 'no',
    details: { service: 'api', image: 'a', state: 'unsigned' },
  };
  const also = [{ service: 'web', image: 'b', state: 'untrusted' }];
  expect(refusalOf(problem)).toMatchObject([{ service: 'api', state: 'unsigned' }]);
  expect(refusalOf({ ...problem, details: { ...problem.details, also } })).toMatchObject([{ service: 'api' }, ...also]);
  expect(refusalOf({ ...problem, code: 'USAGE' })).toBeUndefined();
  expect(refusalOf({ ...problem, details: { service: 'api' } })).toBeUndefined();
  expect(refusalOf(undefined)).toBeUndefined();
});
