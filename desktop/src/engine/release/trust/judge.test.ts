import { afterAll, beforeAll, expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { type FakeSigstore, startFakeSigstore } from '#testing/registry/fake-sigstore.ts';
import type { Registry } from '../registry/registry.ts';
import { demand, type ImagePolicy, judge } from './judge.ts';

const image = 'ghcr.io/acme/api:1.0.0';
const digest = `sha256:${'a'.repeat(64)}`;
const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const identity = `https://github.com/${workflow}@refs/heads/main`;
const signer = { workflow, refs: ['refs/heads/main'] };

let sigstore: FakeSigstore;
beforeAll(async () => {
  sigstore = await startFakeSigstore();
});
afterAll(() => sigstore.dispose());

const policy = (verify: 'require' | 'warn' | 'off', by = signer): ImagePolicy => ({
  rules: [{ match: 'ghcr.io/acme/*', verify, signer: by }],
  trustedRoot: sigstore.root,
});

/** A registry of which only what lies beside images is asked. */
function registry(bundles: () => Promise<Buffer[]>): Registry {
  const unasked = () => Promise.reject(new Error('not asked for'));
  return {
    digest: unasked,
    facts: unasked,
    pullSize: unasked,
    signed: unasked,
    tags: () => Promise.resolve([]),
    bundles,
  };
}
const holding = (...bundles: Buffer[]) => registry(() => Promise.resolve(bundles));
const look = (of: Registry, by = policy('require')) => judge(of, by, { image, digest });
const rule = (verify: 'require' | 'warn' | 'off') => ({
  verify,
  workflow,
  refs: ['refs/heads/main'],
  issuer: 'https://token.actions.githubusercontent.com',
});

test('one attestation that holds is enough, whatever lies beside it', async () => {
  const [good, other] = [await sigstore.attest(digest, { identity }), await sigstore.attest(digest, { identity: 'x' })];
  expect(await look(holding(Buffer.from('{}'), other, good))).toEqual({
    state: 'verified',
    signer: identity,
    rule: rule('require'),
  });
});

test('each way of not being verified has a name', async () => {
  const elsewhere = await sigstore.attest(`sha256:${'b'.repeat(64)}`, { identity });
  const stranger = await sigstore.attest(digest, { identity: identity.replace('acme', 'mallory') });
  expect(await look(holding())).toMatchObject({ state: 'unsigned' });
  expect(await look(holding(elsewhere))).toMatchObject({ state: 'unsigned' });
  expect(await look(holding(elsewhere, stranger))).toMatchObject({
    state: 'untrusted',
    signer: identity.replace('acme', 'mallory'),
  });
  expect(await look(holding(stranger, Buffer.from('{}')))).toMatchObject({ state: 'tampered' });
  const down = registry(() => Promise.reject(new QuaysideError('REGISTRY_UNREACHABLE', 'no route')));
  expect(await look(down)).toMatchObject({ state: 'unverifiable', reason: 'no route' });
});

test('nothing is asked where the policy asks for nothing', async () => {
  const unasked = registry(() => Promise.reject(new Error('asked')));
  expect(await look(unasked, policy('off'))).toEqual({ state: 'unchecked', rule: rule('off') });
  expect(await look(unasked, { rules: [] })).toEqual({ state: 'unchecked' });
});

test('what was built here is unchecked, unless the policy names who has to have built it', async () => {
  const here = (by: ImagePolicy) => judge(holding(), by, { image: 'shop-api' });
  expect(await here({ rules: [] })).toEqual({ state: 'unchecked' });
  expect(await here({ rules: [{ match: '*', verify: 'off', signer }] })).toMatchObject({ state: 'unchecked' });
  expect(await here({ rules: [{ match: '*', verify: 'warn' }] })).toMatchObject({ state: 'unchecked' });
  expect(await here({ rules: [{ match: '*', verify: 'warn', signer }] })).toMatchObject({ state: 'unsigned' });
});

test('what is required and not there is refused, what is only wished for is said', () => {
  for (const state of ['unsigned', 'untrusted', 'tampered', 'unverifiable', 'unchecked'] as const) {
    const said = (verify: 'require' | 'warn' | 'off') => demand([{ service: 'api', image, state, rule: rule(verify) }]);
    expect(() => said('require'), state).toThrow(
      expect.objectContaining({
        code: 'IMAGE_UNTRUSTED',
        details: { service: 'api', image, state, rule: rule('require') },
      }) as Error,
    );
    expect(said('warn').length === 0, state).toBe(state === 'unchecked');
    expect(said('off')).toEqual([]);
    expect(demand([{ service: 'api', image, state }])).toEqual([]);
  }
  const verified = { service: 'api', image, state: 'verified', signer: identity, rule: rule('require') } as const;
  expect(demand([verified])).toEqual([]);
});

test('all images that are refused are named at once, beside those that are not', () => {
  const of = (service: string, state: 'unsigned' | 'untrusted' | 'verified', verify: 'require' | 'warn') => ({
    service,
    image: `${service}:1`,
    state,
    rule: rule(verify),
  });
  const images = [of('api', 'unsigned', 'require'), of('db', 'unsigned', 'warn'), of('web', 'untrusted', 'require')];
  const [api, , web] = images;
  expect(() => demand([of('proxy', 'verified', 'require'), ...images])).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/^api, web are not deployed: api:1 .+; web:1 .+\.$/) as string,
      details: { ...api, also: [web] },
    }) as Error,
  );
});
