import {
  type AskedTrust,
  type ImageTrust,
  QuaysideError,
  toProblem,
  trustStand,
  type UntrustedDetails,
  type UntrustedImage,
} from '#contract/index.ts';
import { familiarName, parseReference } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { Registry } from '../registry/registry.ts';
import { githubIssuer, ruleFor, type SignerRule, type TrustRule } from './rules.ts';

/** What a project asks of the images that it deploys. */
export interface ImagePolicy {
  readonly rules: readonly TrustRule[];
  /** JSON of the trusted root of a Sigstore of one's own; absent: the public one, as it came with Quayside. */
  readonly trustedRoot?: string | undefined;
}

export interface Judged {
  /** Any name in the image's repository. */
  readonly image: string;
  /** Absent: it lies in no registry. */
  readonly digest?: string | undefined;
}

/** Looks at what attests an image. Never throws: what cannot be looked at is `unverifiable`. */
export async function judge(registry: Registry, policy: ImagePolicy, { image, digest }: Judged): Promise<ImageTrust> {
  const rule = ruleOf(policy, image);
  if (rule === undefined) return { state: 'unchecked' };
  const asked = { rule: askedBy(rule) };
  const { verify, signer } = rule;
  if (verify === 'off' || signer === undefined) return { state: 'unchecked', ...asked };
  if (digest === undefined)
    return { state: 'unsigned', reason: say`It lies in no registry: it was built here.`, ...asked };
  return { ...(await found(registry, policy, signer, { image, digest })), ...asked };
}

/** What lies beside an image, and what that is worth. */
async function found(
  registry: Registry,
  { trustedRoot }: ImagePolicy,
  signer: SignerRule,
  { image, digest }: { readonly image: string; readonly digest: string },
): Promise<ImageTrust> {
  try {
    const bundles = await registry.bundles(image, digest, new Set(await registry.tags(image)));
    if (bundles.length === 0) return { state: 'unsigned', reason: say`Nobody attested how it was built.` };
    // Loaded only where something is verified: most commands never do.
    const { verifyAttestation, trustMaterial } = await import('./verify-attestation.ts');
    const trust = trustMaterial(trustedRoot);
    const verdicts = bundles.map((bundle) => verifyAttestation(bundle, { digest, signer }, trust));
    const most = best.map((state) => verdicts.find((one) => one.state === state)).find((one) => one !== undefined);
    if (most === undefined || most.state === 'elsewhere')
      return { state: 'unsigned', reason: say`What is attested beside it is about something else.` };
    return most;
  } catch (error) {
    return { state: 'unverifiable', reason: toProblem(error).message };
  }
}

/** One that holds is enough; one that does not hold is told before one that is of somebody else. */
const best = ['verified', 'tampered', 'untrusted', 'elsewhere'] as const;

function ruleOf({ rules }: ImagePolicy, image: string): TrustRule | undefined {
  const reference = parseReference(image);
  return ruleFor(reference ? familiarName(reference) : image, rules);
}

/** A rule as it is told to people. */
function askedBy({ verify, signer }: TrustRule): AskedTrust {
  if (signer === undefined) return { verify };
  const { workflow, refs, source } = signer;
  return { verify, workflow, refs: [...refs], ...(source === undefined ? {} : { source }), issuer: githubIssuer };
}

/** What the policy would have liked to find, in sentences. Throws IMAGE_UNTRUSTED for all images of which it requires what was not found. */
export function demand(images: readonly UntrustedImage[]): string[] {
  const wanting = images.flatMap((one) => (one.state === 'verified' || trustStand(one) === 'none' ? [] : [one]));
  const [first, ...also] = wanting.filter((one) => trustStand(one) === 'refused');
  if (first !== undefined) throw untrusted(first, also);
  return wanting.map((one) => `${one.service}: ${said(one)}.`);
}

function untrusted(first: UntrustedImage, also: UntrustedImage[]): QuaysideError {
  const refused = [first, ...also];
  const services = refused.map(({ service }) => service).join(', ');
  return new QuaysideError(
    'IMAGE_UNTRUSTED',
    refused.length === 1
      ? say`${services} is not deployed: ${refused.map(said).join('; ')}.`
      : say`${services} are not deployed: ${refused.map(said).join('; ')}.`,
    {
      remedy: [...new Set(refused.map(({ rule }) => remedyFor(rule?.workflow)))].join(' '),
      details: { ...first, ...(also.length === 0 ? {} : { also }) } satisfies UntrustedDetails,
    },
  );
}

function said({ image, state }: UntrustedImage): string {
  return state === 'verified' ? image : sentences[state](image);
}

function remedyFor(workflow: string | undefined): string {
  return workflow === undefined
    ? say`Name under policy.images in the quayside file which workflow has to have built it.`
    : say`Deploy an image that ${workflow} built, or have the policy in the quayside file changed.`;
}

const sentences: Readonly<Record<Exclude<ImageTrust['state'], 'verified'>, (image: string) => string>> = {
  unsigned: (image) => say`${image} has no attestation of how it was built`,
  untrusted: (image) => say`${image} was attested by somebody else than the policy names`,
  tampered: (image) => say`${image} has an attestation that does not hold`,
  unverifiable: (image) => say`${image} could not be verified, as its registry could not be asked`,
  unchecked: (image) => say`${image} cannot be verified, as the policy names nobody`,
};
