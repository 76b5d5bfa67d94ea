import { z } from 'zod';
import { imageTrust } from './image-trust.ts';
import { endOutcome } from './operation.ts';

/** The image of one service in a release. */
export const releaseImage = z.object({
  service: z.string(),
  /** As the compose files name it. */
  image: z.string(),
  /** `sha256:…` in the registry; absent for an image that was built here and never pushed. */
  digest: z.string().optional(),
  /** Id of the image on the engine. */
  imageId: z.string(),
});
export type ReleaseImage = z.infer<typeof releaseImage>;

/** Where an image comes from, as its labels tell. */
export const provenance = z.object({
  version: z.string().optional(),
  revision: z.string().optional(),
  source: z.string().optional(),
  /** ISO time at which the image was built. */
  created: z.string().optional(),
  /** First line of the commit message. */
  subject: z.string().optional(),
  author: z.string().optional(),
  /** Address of the CI run. */
  run: z.string().optional(),
});
export type Provenance = z.infer<typeof provenance>;

/** What was read back of one service. */
export const serviceProof = z.object({
  service: z.string(),
  ok: z.boolean(),
  /** One sentence where it is not as recorded. */
  reason: z.string().optional(),
  /** Ids of the images that its containers run. */
  imageIds: z.array(z.string()),
});

/** Whether what runs is what a release recorded, read from the engine. */
export const verification = z.object({
  at: z.string(),
  ok: z.boolean(),
  release: z.string(),
  version: z.string().optional(),
  services: z.array(serviceProof),
  /** One sentence for people. */
  sentence: z.string(),
});
export type Verification = z.infer<typeof verification>;

/** Whether a release could be rolled back to now: green = at once and offline, amber = with a condition, red = not. */
export const readiness = z.object({ light: z.enum(['green', 'amber', 'red']), reasons: z.array(z.string()) });
export type Readiness = z.infer<typeof readiness>;

export const release = z.object({
  id: z.string(),
  project: z.string(),
  environment: z.string(),
  version: z.string(),
  /** `first`: what ran before the first deploy, recorded so that it can be gone back to. */
  cause: z.enum(['deploy', 'rollback', 'first']),
  /** rollback: id of the release that was gone back to. */
  target: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  outcome: z.enum(['running', 'interrupted', ...endOutcome.options]),
  summary: z.string().optional(),
  actor: z.string(),
  host: z.string(),
  images: z.array(releaseImage),
  provenance,
  /** Whether it is the one that should run now. */
  current: z.boolean(),
  readiness: readiness.optional(),
  verification: verification.optional(),
  /** What was known of how its images were built when it was deployed, by service; of their digests, so it holds for good. */
  trust: z.record(z.string(), imageTrust).optional(),
});
export type Release = z.infer<typeof release>;

/**
 * What the registry tells of signatures, none of which is verified here: `signed`, or else `attested` = somebody states how it was
 * built; `unknown` = the registry did not say.
 */
export const signedState = z.object({
  state: z.enum(['signed', 'attested', 'none', 'unknown']),
  /** Address of the CI run that an attestation names. */
  run: z.string().optional(),
});
export type SignedState = z.infer<typeof signedState>;

/** A version that lies in the registry for every service that is released. */
export const remoteRelease = z.object({
  version: z.string(),
  /** Other tags that stand for the same images now: branches, `latest`, other versions. */
  names: z.array(z.string()),
  signed: signedState,
  /** What is known of how its images were built, by service. */
  trust: z.record(z.string(), imageTrust),
  images: z.array(z.object({ service: z.string(), image: z.string(), digest: z.string() })),
  provenance,
  /** Services for which the registry does not have this version. */
  missing: z.array(z.string()),
  /** Whether the images of this version run now. */
  current: z.boolean(),
});
export type RemoteRelease = z.infer<typeof remoteRelease>;

export const remoteReleases = z.object({
  releases: z.array(remoteRelease),
  /** Versions that were not looked at, the oldest. */
  more: z.number().int(),
  /** Tags that are no version, and stand for none of these. */
  others: z.array(z.string()),
});
export type RemoteReleases = z.infer<typeof remoteReleases>;

const imageSide = z.object({
  image: z.string(),
  /** What the image calls its version and the commit that it was built from. */
  version: z.string().optional(),
  revision: z.string().optional(),
  digest: z.string().optional(),
});

/** What one gains and loses by going from one release to another; equal parts are left out. */
export const releaseComparison = z.object({
  from: z.object({ id: z.string().optional(), version: z.string(), provenance }),
  to: z.object({ id: z.string().optional(), version: z.string(), provenance }),
  services: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
  images: z.array(z.object({ service: z.string(), from: imageSide.optional(), to: imageSide.optional() })),
  /** Variables of containers; the values of secrets are masked on both sides, and differ all the same. */
  variables: z.array(
    z.object({ service: z.string(), name: z.string(), from: z.string().optional(), to: z.string().optional() }),
  ),
  /** The rest of the compose configuration, by path: `services.api.ports`. */
  settings: z.array(z.object({ path: z.string(), from: z.string().optional(), to: z.string().optional() })),
  /** First lines of the commits of the recorded releases in between, as far as their images tell. */
  commits: z.object({ gained: z.array(provenance), lost: z.array(provenance) }),
});
export type ReleaseComparison = z.infer<typeof releaseComparison>;
