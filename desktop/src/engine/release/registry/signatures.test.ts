import { expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { type RepositoryReader, signedState } from './signatures.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const missing = () => Promise.reject(new QuaysideError('IMAGE_NOT_FOUND', 'not there'));
const json = (value: object) => Promise.resolve(Buffer.from(JSON.stringify(value)));

/** A repository of an image without anything beside it. */
function repository(more: Partial<RepositoryReader> = {}): RepositoryReader {
  return { manifest: () => json({ layers: [] }), referrers: missing, blob: missing, ...more };
}

const referring = (artifactType: string, annotations = {}) => ({
  referrers: () => json({ manifests: [{ digest: `sha256:${'b'.repeat(64)}`, artifactType, annotations }] }),
});
const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const predicate = 'dev.sigstore.bundle.predicateType';

test.each([
  ['nothing', {}, 'none'],
  ['an empty list', { referrers: () => json({ manifests: [] }) }, 'none'],
  ['a signature of cosign', referring('application/vnd.dev.cosign.artifact.sig.v1+json'), 'signed'],
  ['a signature of Notation', referring('application/vnd.cncf.notary.signature'), 'signed'],
  ['a signature in a bundle', referring(bundle, { [predicate]: 'https://sigstore.dev/cosign/sign/v1' }), 'signed'],
  ['a provenance in a bundle', referring(bundle, { [predicate]: 'https://slsa.dev/provenance/v1' }), 'attested'],
  ['a list of parts', referring('application/vnd.cyclonedx+json'), 'attested'],
  ['a list that is none', { referrers: () => Promise.resolve(Buffer.from('<html>')) }, 'none'],
  ['no right to look', { referrers: () => Promise.reject(new QuaysideError('REGISTRY_DENIED', 'no')) }, 'unknown'],
])('%s among the referrers', async (_name, more, state) => {
  expect(await signedState(repository(more), digest, new Set())).toEqual({ state });
});

test.each([
  ['.sig', 'signed'],
  ['.att', 'attested'],
])('a tag that ends in %s', async (end, state) => {
  const tags = new Set([`${digest.replace(':', '-')}${end}`]);
  expect(await signedState(repository(), digest, tags)).toEqual({ state });
});

test('the run that BuildKit notes within the index of an image', async () => {
  const own = `sha256:${'c'.repeat(64)}`;
  const run = 'https://github.com/acme/shop/actions/runs/7/attempts/1';
  const marks = { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': own };
  const layer = {
    digest: 'sha256:d',
    annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' },
  };
  const statement = { subject: [{ digest: { sha256: 'c'.repeat(64) } }], predicate: { builder: { id: run } } };
  const found = await signedState(
    repository({
      manifest: (wanted) =>
        json(wanted === digest ? { manifests: [{ digest: 'sha256:e', annotations: marks }] } : { layers: [layer] }),
      blob: () => json(statement),
    }),
    digest,
    new Set(),
  );
  expect(found).toEqual({ state: 'attested', run });
});

test('an address that is none is no run', async () => {
  const marks = { 'vnd.docker.reference.type': 'attestation-manifest' };
  const statement = {
    subject: [{ digest: { sha256: 'a'.repeat(64) } }],
    predicate: { builder: { id: 'javascript:1' } },
  };
  const found = await signedState(
    repository({
      manifest: (wanted) =>
        json(wanted === digest ? { manifests: [{ digest: 'x', annotations: marks }] } : { layers: [{ digest: 'y' }] }),
      blob: () => json(statement),
    }),
    digest,
    new Set(),
  );
  expect(found).toEqual({ state: 'attested' });
});
