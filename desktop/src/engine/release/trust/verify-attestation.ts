import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' };
import {
  PolicyError,
  type TrustMaterial,
  toSignedEntity,
  toTrustMaterial,
  type VerificationPolicy,
  Verifier,
} from '@sigstore/verify';
import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { githubIssuer, identityPattern, type SignerRule } from './rules.ts';

/**
 * What an attestation is worth for an image. `elsewhere`: it holds, and is about another image; `untrusted`: it holds, and is of
 * somebody else; `tampered`: it does not hold.
 */
export type Verdict =
  | { readonly state: 'verified'; readonly signer: string }
  | { readonly state: 'untrusted'; readonly signer?: string; readonly reason: string }
  | { readonly state: 'elsewhere'; readonly reason: string }
  | { readonly state: 'tampered'; readonly reason: string };

export interface Wanted {
  /** Digest of what will be pulled, `sha256:…`. */
  readonly digest: string;
  readonly signer: SignerRule;
}

const statementType = 'application/vnd.in-toto+json';
const statement = z.object({
  _type: z.string().startsWith('https://in-toto.io/Statement/'),
  predicateType: z.string().startsWith('https://slsa.dev/provenance/'),
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })),
});

/** Number of the extension of a certificate that names the repository of the sources. */
const sourceRepository = [1, 3, 6, 1, 4, 1, 57264, 1, 12];

/** Verifies a Sigstore bundle offline: signature, certificate, logs and time, who signed, and that it is about this image. */
export function verifyAttestation(bytes: Buffer, { digest, signer }: Wanted, trust: TrustMaterial): Verdict {
  try {
    const bundle = bundleFromJSON(JSON.parse(bytes.toString('utf8')));
    const verifier = new Verifier(trust, { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 });
    const signed = verifier.verify(toSignedEntity(bundle)).identity?.subjectAlternativeName;
    const stranger = refusal(() => verifier.verify(toSignedEntity(bundle), policyOf(signer)));
    if (stranger !== undefined)
      return { state: 'untrusted', reason: stranger, ...(signed === undefined ? {} : { signer: signed }) };
    if (bundle.content.$case !== 'dsseEnvelope' || bundle.content.dsseEnvelope.payloadType !== statementType) {
      return { state: 'elsewhere', reason: say`It is no statement about an image.` };
    }
    // The library verifies that the statement was signed, not what it is about.
    const told = statement.safeParse(JSON.parse(bundle.content.dsseEnvelope.payload.toString('utf8'))).data;
    const subjects = told?.subject.map(({ digest: { sha256 = '' } }) => `sha256:${sha256}`) ?? [];
    if (!subjects.includes(digest)) return { state: 'elsewhere', reason: say`It is about another image.` };
    return { state: 'verified', signer: signed ?? '' };
  } catch (error) {
    return { state: 'tampered', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Why a signer is not the one that is wanted; undefined where it is. */
function refusal(verify: () => unknown): string | undefined {
  try {
    verify();
    return undefined;
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

const seed = z.object({ targets: z.object({ 'trusted_root.json': z.string() }) });

/**
 * Whom to trust: the public Sigstore as it was when Quayside was built, so that no network is needed, or the trusted root given
 * as JSON. Throws POLICY_REFUSED where that cannot be understood.
 */
export function trustMaterial(trustedRoot: string | undefined): TrustMaterial {
  try {
    const text = trustedRoot ?? publicRoot();
    return toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(text)));
  } catch (error) {
    throw new QuaysideError('POLICY_REFUSED', say`The trusted root of the policy cannot be understood.`, {
      remedy: say`policy.trusted_root has to name a trusted_root.json of Sigstore.`,
      cause: error,
    });
  }
}

function publicRoot(): string {
  const { targets } = seed.parse(Object.values(seeds)[0]);
  return Buffer.from(targets['trusted_root.json'], 'base64').toString('utf8');
}

function policyOf(signer: SignerRule): VerificationPolicy {
  const { source } = signer;
  return {
    subjectAlternativeName: identityPattern(signer),
    extensions: { issuer: githubIssuer },
    ...(source === undefined
      ? {}
      : { oids: [{ oid: { id: sourceRepository }, value: derText(`https://github.com/${source}`) }] }),
  };
}

/** A text as a certificate's extension holds it: UTF8String in DER. */
function derText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = bytes.length < 128 ? [bytes.length] : [0x81, bytes.length];
  return Buffer.concat([Buffer.from([0x0c, ...length]), bytes]);
}
