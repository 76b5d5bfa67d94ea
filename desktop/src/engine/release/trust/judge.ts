import { type ImageTrust, QuaysideError, toProblem } from '#contract/index.ts';
import { familiarName, parseReference } from '#engine/docker/index.ts';
import type { Registry } from '../registry/registry.ts';
import { ruleFor, type TrustRule } from './rules.ts';

/** What a project asks of the images that it deploys. */
export interface ImagePolicy {
  readonly rules: readonly TrustRule[];
  /** JSON of the trusted root of a Sigstore of one's own; absent: the public one, as it came with Quayside. */
  readonly trustedRoot?: string | undefined;
}

export interface Judged {
  /** Any name in the image's repository. */
  readonly image: string;
  readonly digest: string;
}

/** Looks at what attests an image. Never throws: what cannot be looked at is `unverifiable`. */
export async function judge(registry: Registry, policy: ImagePolicy, { image, digest }: Judged): Promise<ImageTrust> {
  const { verify, signer } = ruleOf(policy, image);
  if (verify === 'off' || signer === undefined) return { state: 'unchecked' };
  try {
    const bundles = await registry.bundles(image, digest, new Set(await registry.tags(image)));
    if (bundles.length === 0) return { state: 'unsigned', reason: 'Nobody attested how it was built.' };
    // Loaded only where something is verified: most commands never do.
    const { verifyAttestation, trustMaterial } = await import('./verify-attestation.ts');
    const trust = trustMaterial(policy.trustedRoot);
    const verdicts = bundles.map((bundle) => verifyAttestation(bundle, { digest, signer }, trust));
    const found = best.map((state) => verdicts.find((one) => one.state === state)).find((one) => one !== undefined);
    if (found?.state === 'verified') return { state: 'verified', signer: found.signer };
    if (found === undefined || found.state === 'elsewhere')
      return { state: 'unsigned', reason: 'What is attested beside it is about something else.' };
    return { state: found.state, reason: found.reason };
  } catch (error) {
    return { state: 'unverifiable', reason: toProblem(error).message };
  }
}

/** One that holds is enough; one that does not hold is told before one that is of somebody else. */
const best = ['verified', 'tampered', 'untrusted', 'elsewhere'] as const;

function ruleOf({ rules }: ImagePolicy, image: string): TrustRule {
  const reference = parseReference(image);
  return ruleFor(reference ? familiarName(reference) : image, rules);
}

/** Throws IMAGE_UNTRUSTED where the policy requires what was not found; else says what it would have liked. */
export function demand(policy: ImagePolicy, service: string, image: string, trust: ImageTrust): string | undefined {
  const { verify, signer } = ruleOf(policy, image);
  if (verify === 'off' || trust.state === 'verified') return undefined;
  const what = sentences[trust.state];
  if (verify === 'require') {
    throw new QuaysideError('IMAGE_UNTRUSTED', `${service} is not deployed: ${image} ${what}.`, {
      remedy:
        signer === undefined
          ? 'Name under policy.images in the quayside file which workflow has to have built it.'
          : `Deploy an image that ${signer.workflow} built, or have the policy in the quayside file changed.`,
      details: { service, image, state: trust.state, ...(trust.reason === undefined ? {} : { reason: trust.reason }) },
    });
  }
  return trust.state === 'unchecked' ? undefined : `${service}: ${image} ${what}.`;
}

const sentences: Readonly<Record<Exclude<ImageTrust['state'], 'verified'>, string>> = {
  unsigned: 'has no attestation of how it was built',
  untrusted: 'was attested by somebody else than the policy names',
  tampered: 'has an attestation that does not hold',
  unverifiable: 'could not be verified, as its registry could not be asked',
  unchecked: 'cannot be verified, as the policy names nobody',
};
