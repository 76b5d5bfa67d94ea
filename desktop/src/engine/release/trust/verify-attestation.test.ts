import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeSigstore, startFakeSigstore } from '#testing/registry/fake-sigstore.ts';
import type { SignerRule } from './rules.ts';
import { verifyAttestation } from './verify-attestation.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const signer: SignerRule = { workflow, refs: ['refs/heads/main'] };
const identity = `https://github.com/${workflow}@refs/heads/main`;

let sigstore: FakeSigstore;
let good: Buffer;
beforeAll(async () => {
  sigstore = await startFakeSigstore();
  good = await sigstore.attest(digest, { identity, repository: 'acme/shop' });
});
afterAll(() => sigstore.dispose());

const verdict = (bundle: Buffer, wanted = { digest, signer }) => verifyAttestation(bundle, wanted, sigstore.trust);

interface Bundle {
  dsseEnvelope: { payload: string };
  verificationMaterial: { tlogEntries: unknown[]; timestampVerificationData: { rfc3161Timestamps: unknown[] } };
}
function changed(change: (bundle: Bundle) => void): Buffer {
  const bundle = JSON.parse(good.toString()) as Bundle;
  change(bundle);
  return Buffer.from(JSON.stringify(bundle));
}

test('what the workflow attested is verified, and by whom is told', () => {
  expect(verdict(good)).toEqual({ state: 'verified', signer: identity });
  expect(verdict(good, { digest, signer: { ...signer, source: 'acme/shop' } })).toMatchObject({ state: 'verified' });
});

test('an attestation of another image is no proof of this one', () => {
  expect(verdict(good, { digest: `sha256:${'b'.repeat(64)}`, signer })).toMatchObject({ state: 'elsewhere' });
});

test('something else that the workflow signed is no proof of how it was built', async () => {
  const other = await sigstore.attest(digest, { identity }, { predicateType: 'https://cyclonedx.org/bom' });
  expect(verdict(other)).toMatchObject({ state: 'elsewhere' });
});

test.each([
  ['a longer ref', { identity: `${identity}2` }],
  ['a fork', { identity: identity.replace('acme', 'mallory') }],
  ['another workflow', { identity: identity.replace('ci-cd', 'test') }],
  ['another issuer', { identity, issuer: 'https://token.actions.githubusercontent.com.evil.example' }],
])('of %s: signed, and by nobody who is trusted', async (_name, by) => {
  expect(verdict(await sigstore.attest(digest, by))).toMatchObject({ state: 'untrusted', signer: by.identity });
});

test('a reusable workflow that was called from elsewhere is not trusted for these sources', async () => {
  const called = await sigstore.attest(digest, { identity, repository: 'mallory/shop' });
  expect(verdict(called, { digest, signer: { ...signer, source: 'acme/shop' } })).toMatchObject({ state: 'untrusted' });
});

test('another Sigstore is no proof', async () => {
  const other = await startFakeSigstore();
  try {
    expect(verdict(await other.attest(digest, { identity }))).toMatchObject({ state: 'tampered' });
  } finally {
    await other.dispose();
  }
});

test.each([
  [
    'another statement under the same signature',
    (bundle: Bundle) => {
      const text = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString().replace('aaaa', 'bbbb');
      bundle.dsseEnvelope.payload = Buffer.from(text).toString('base64');
    },
  ],
  [
    'no entry in a log',
    (bundle: Bundle) => {
      bundle.verificationMaterial.tlogEntries = [];
    },
  ],
  [
    'no time, of an authority or a log',
    (bundle: Bundle) => {
      bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps = [];
      bundle.verificationMaterial.tlogEntries = [];
    },
  ],
])('%s: tampered with', (_name, change) => {
  expect(verdict(changed(change))).toMatchObject({ state: 'tampered' });
});

test.each(['', '{}', '[]', 'null', '<html>', '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}'])(
  '%j is no proof and breaks nothing',
  (text) => {
    expect(verdict(Buffer.from(text))).toMatchObject({ state: 'tampered' });
  },
);
