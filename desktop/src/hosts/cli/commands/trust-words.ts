import { builderOf, type ImageTrust, releaseTrust } from '#contract/index.ts';

const unverified = {
  unsigned: 'unsigned',
  untrusted: 'signed by somebody else',
  tampered: 'signature does not hold',
  unverifiable: 'could not be verified',
  unchecked: 'policy names no workflow',
} as const satisfies Record<Exclude<ImageTrust['state'], 'verified'>, string>;

/** What verifying the images of a release came to, in few words; undefined where the policy asks nothing of them. */
export function trustWords(trusts: Readonly<Record<string, ImageTrust>> | undefined): string | undefined {
  const found = releaseTrust(trusts);
  if (found === undefined) return undefined;
  const { stand, trust, verified, images } = found;
  if (trust.state !== 'verified') return `${stand === 'refused' ? 'refused: ' : ''}${unverified[trust.state]}`;
  return verified === images
    ? `verified: ${builderOf(trust.signer ?? '')}`
    : `${verified} of ${images} images verified`;
}
