import { z } from 'zod';

/** What the policy of a project asks of an image. */
export const trustRule = z.object({
  verify: z.enum(['require', 'warn', 'off']),
  /** `OWNER/REPOSITORY/.github/workflows/FILE` that has to have built it; absent: the policy names nobody. */
  workflow: z.string().optional(),
  /** Full names of the refs at which it has to have been built; a `*` at the end stands for anything. */
  refs: z.array(z.string()).optional(),
  /** `OWNER/REPOSITORY` of the sources, where the workflow is one of another repository. */
  source: z.string().optional(),
  /** Who has to have vouched for the identity of the workflow. */
  issuer: z.string().optional(),
});
export type AskedTrust = z.infer<typeof trustRule>;

/**
 * What came of verifying how an image was built, for the policy of the project. `verified`: the workflow that the policy names
 * attested this very image; `unsigned`: nobody attested it; `untrusted`: somebody else did; `tampered`: an attestation does not
 * hold; `unverifiable`: the registry could not be asked; `unchecked`: no policy names who has to have built it.
 */
export const imageTrust = z.object({
  state: z.enum(['verified', 'unsigned', 'untrusted', 'tampered', 'unverifiable', 'unchecked']),
  /** verified, untrusted: the whole identity of who attested it. */
  signer: z.string().optional(),
  /** Why it is not verified. */
  reason: z.string().optional(),
  /** The rule that means this image; absent: there is none, so nothing is asked of it. */
  rule: trustRule.optional(),
});
export type ImageTrust = z.infer<typeof imageTrust>;

/** What the policy makes of an image; `none`: it asks for nothing that could be told. */
export type TrustStand = 'refused' | 'warned' | 'verified' | 'none';

export function trustStand({ state, rule }: ImageTrust): TrustStand {
  if (rule === undefined || rule.verify === 'off') return 'none';
  if (state === 'verified') return 'verified';
  if (rule.verify === 'require') return 'refused';
  return state === 'unchecked' ? 'none' : 'warned';
}

/** How a release stands with the policy. */
export interface ReleaseTrust {
  stand: Exclude<TrustStand, 'none'>;
  /** The image that decides it. */
  trust: ImageTrust;
  /** How many of its images are verified, of how many. */
  verified: number;
  images: number;
}

const worstFirst = ['refused', 'warned', 'verified'] as const;

/** A release stands as its worst image does; undefined where the policy asks nothing of any. */
export function releaseTrust(trusts: Readonly<Record<string, ImageTrust>> = {}): ReleaseTrust | undefined {
  const all = Object.values(trusts);
  const verified = all.filter((one) => trustStand(one) === 'verified').length;
  for (const stand of worstFirst) {
    const trust = all.find((one) => trustStand(one) === stand);
    if (trust !== undefined) return { stand, trust, verified, images: all.length };
  }
  return undefined;
}

/** `OWNER/REPOSITORY` of a workflow's identity, which is what people know it by; else the identity as it is. */
export function builderOf(signer: string): string {
  return /^https:\/\/github\.com\/([^/]+\/[^/]+)\//.exec(signer)?.[1] ?? signer;
}
