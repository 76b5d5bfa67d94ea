import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identityPattern, ruleFor, type TrustRule } from './rules.ts';

const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const signer = { workflow, refs: ['refs/heads/main', 'refs/tags/v*'] };
const identity = (ref: string, of = workflow) => `https://github.com/${of}@${ref}`;

test.each(['refs/heads/main', 'refs/tags/v1.4.2', 'refs/tags/v'])('the workflow at %s is meant', (ref) => {
  expect(identityPattern(signer).test(identity(ref))).toBe(true);
});

test.each([
  ['another branch', identity('refs/heads/maintenance')],
  ['a longer branch', identity('refs/heads/main2')],
  ['a pull request', identity('refs/pull/7/merge')],
  ['a tag of another kind', identity('refs/tags/nightly')],
  ['another workflow', identity('refs/heads/main', 'acme/shop/.github/workflows/other.yml')],
  ['a fork', identity('refs/heads/main', 'mallory/shop/.github/workflows/ci-cd.yml')],
  ['a dot that stands for anything', identity('refs/heads/main', 'acme/shop/xgithub/workflows/ci-cd.yml')],
  ['something before it', `https://evil.example/?x=${identity('refs/heads/main')}`],
  ['something behind it', `${identity('refs/heads/main')}.evil`],
  ['a second line', `${identity('refs/heads/main')}\nx`],
  ['a second ref', identity('refs/tags/v1@refs/heads/main')],
  ['another host', identity('refs/heads/main').replace('github.com', 'githubxcom')],
  ['no https', identity('refs/heads/main').replace('https', 'http')],
])('%s is not', (_name, text) => {
  expect(identityPattern(signer).test(text)).toBe(false);
});

test('whatever stands in a rule is taken as it is', () => {
  const part = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }).filter((text) => !text.endsWith('*'));
  fc.assert(
    fc.property(part, part, part, (of, ref, other) => {
      const pattern = identityPattern({ workflow: of, refs: [ref] });
      expect(pattern.test(identity(ref, of))).toBe(true);
      expect(pattern.test(identity(other, of))).toBe(other === ref);
    }),
  );
});

test('the first rule that means an image holds; without one it is looked at and nothing is refused', () => {
  const rules: TrustRule[] = [
    { match: 'ghcr.io/acme/tools', verify: 'off' },
    { match: 'ghcr.io/acme/*', verify: 'require', signer },
  ];
  expect(ruleFor('ghcr.io/acme/tools', rules)?.verify).toBe('off');
  expect(ruleFor('ghcr.io/acme/shop-api', rules)?.verify).toBe('require');
  expect(ruleFor('ghcr.io/acmeevil/api', rules)).toBeUndefined();
});
