import type { Artifact } from './artifacts.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A provenance attestation as CI pushes it, by which run the image was built; nobody has signed it. */
export function provenanceOf(digest: string, run: string): Artifact {
  const predicateType = 'https://slsa.dev/provenance/v1';
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'image', digest: { sha256: digest.replace('sha256:', '') } }],
    predicateType,
    predicate: { runDetails: { metadata: { invocationId: run } } },
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  return {
    artifactType: bundleType,
    annotations: { 'dev.sigstore.bundle.predicateType': predicateType },
    content: { mediaType: bundleType, dsseEnvelope: { payload, payloadType: 'application/vnd.in-toto+json' } },
  };
}

/** A signature in the form of cosign, over nothing. */
export const signature: Artifact = {
  artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json',
  content: { critical: {} },
};
