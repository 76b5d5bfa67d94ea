import { z } from 'zod';
import { QuaysideError, type SignedState } from '#contract/index.ts';

/** Reads of one repository of a registry; both throw IMAGE_NOT_FOUND where there is no such thing. */
export interface RepositoryReader {
  /** A manifest by digest or tag. */
  manifest(reference: string): Promise<Buffer>;
  /** The list of what refers to a digest; IMAGE_NOT_FOUND also where the registry cannot tell. */
  referrers(digest: string): Promise<Buffer>;
  blob(digest: string): Promise<Buffer>;
}

const annotations = z.record(z.string(), z.string()).nullish();
const descriptor = z.object({
  digest: z.string(),
  mediaType: z.string().default(''),
  artifactType: z.string().optional(),
  annotations,
});
const listing = z.object({ manifests: z.array(descriptor).nullish() });
const artifact = z.object({ layers: z.array(descriptor).nullish() });
type Descriptor = z.infer<typeof descriptor>;

const signatureType = /cosign\.artifact\.sig|notary\.signature/;
const signaturePredicate = 'sigstore.dev/cosign/sign';
const provenancePredicate = 'slsa.dev/provenance';
const bundlePredicate = 'dev.sigstore.bundle.predicateType';
const layerPredicate = 'in-toto.io/predicate-type';
/** How BuildKit marks what it attests within the index of an image. */
const attestationMark = 'vnd.docker.reference.type';

/**
 * Whether somebody has signed an image or attested how it was built, as far as the registry tells: through referrers, through
 * the tags that stand for them where a registry has none, and within the image's own index. Nothing of it is verified.
 */
export async function signedState(
  repository: RepositoryReader,
  digest: string,
  tags: ReadonlySet<string>,
): Promise<SignedState> {
  try {
    const fallback = digest.replace(':', '-');
    const referrers = await referrersOf(repository, digest, tags.has(fallback) ? fallback : undefined);
    const inside = entriesOf(await repository.manifest(digest)).filter(
      ({ annotations: marks }) => marks?.[attestationMark],
    );
    const signed = tags.has(`${fallback}.sig`) || referrers.some(isSignature);
    const attests = referrers.filter((one) => !isSignature(one));
    const found = [...attests, ...inside];
    const run = await runOf(repository, found, digest);
    const state = signed ? 'signed' : found.length > 0 || tags.has(`${fallback}.att`) ? 'attested' : 'none';
    return { state, ...(run === undefined ? {} : { run }) };
  } catch (error) {
    if (error instanceof QuaysideError) return { state: 'unknown' };
    throw error;
  }
}

const bundleArtifact = 'dev.sigstore.bundle';
/** More attestations of one image than any CI makes. */
const mostBundles = 20;

/**
 * The Sigstore bundles that lie beside an image, as they are: none of them is verified, and some may be about something else.
 * Throws where the registry cannot be asked.
 */
export async function bundlesOf(
  repository: RepositoryReader,
  digest: string,
  tags: ReadonlySet<string>,
): Promise<Buffer[]> {
  const fallback = digest.replace(':', '-');
  const referrers = await referrersOf(repository, digest, tags.has(fallback) ? fallback : undefined);
  const bundles: Buffer[] = [];
  for (const { digest: of } of referrers) {
    if (bundles.length === mostBundles) break;
    // What the list says of a kind is not always right: the manifest itself is asked.
    const manifest = await orNothing(repository.manifest(of));
    const layers = (manifest && read(artifact, manifest)?.layers) ?? [];
    for (const layer of layers.filter(({ mediaType }) => mediaType.includes(bundleArtifact))) {
      const blob = await orNothing(repository.blob(layer.digest));
      if (blob) bundles.push(blob);
    }
  }
  return bundles;
}

async function referrersOf(
  repository: RepositoryReader,
  digest: string,
  fallback: string | undefined,
): Promise<Descriptor[]> {
  const listed = await orNothing(repository.referrers(digest));
  if (listed) return entriesOf(listed);
  return fallback === undefined ? [] : entriesOf(await repository.manifest(fallback));
}

async function orNothing(answer: Promise<Buffer>): Promise<Buffer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'IMAGE_NOT_FOUND') return undefined;
    throw error;
  }
}

const entriesOf = (body: Buffer): Descriptor[] => read(listing, body)?.manifests ?? [];

const isSignature = ({ artifactType = '', annotations: marks }: Descriptor): boolean =>
  signatureType.test(artifactType) || (marks?.[bundlePredicate] ?? '').includes(signaturePredicate);

/** The address of the CI run that an attestation of this image names. */
async function runOf(
  repository: RepositoryReader,
  attestations: readonly Descriptor[],
  digest: string,
): Promise<string | undefined> {
  for (const one of attestations) {
    const told = one.annotations?.[bundlePredicate];
    if (told !== undefined && !told.includes(provenancePredicate)) continue;
    const manifest = await orNothing(repository.manifest(one.digest));
    const layers = (manifest && read(artifact, manifest)?.layers) ?? [];
    const subject = one.annotations?.['vnd.docker.reference.digest'] ?? digest;
    for (const layer of layers) {
      const predicate = layer.annotations?.[layerPredicate];
      if (predicate !== undefined && !predicate.includes(provenancePredicate)) continue;
      const blob = await orNothing(repository.blob(layer.digest));
      const run = blob && runIn(blob, subject);
      if (run !== undefined) return run;
    }
  }
  return undefined;
}

const envelope = z.object({
  dsseEnvelope: z.object({ payload: z.string() }).optional(),
  payload: z.string().optional(),
});
const builder = z.object({ id: z.string() }).nullish();
const statement = z.object({
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })),
  predicate: z.object({
    builder,
    runDetails: z.object({ builder, metadata: z.object({ invocationId: z.string().nullish() }).nullish() }).nullish(),
  }),
});

/** A statement, bare or in its envelope: which run built it. Undefined where it is about something else. */
function runIn(blob: Buffer, digest: string): string | undefined {
  const { dsseEnvelope, payload = dsseEnvelope?.payload } = read(envelope, blob) ?? {};
  const bytes = payload === undefined ? blob : Buffer.from(payload, 'base64');
  const told = read(statement, bytes);
  const about = told?.subject.some(({ digest: { sha256 } }) => `sha256:${sha256 ?? ''}` === digest);
  if (!told || about !== true) return undefined;
  const { runDetails, builder: old } = told.predicate;
  return [runDetails?.metadata?.invocationId, runDetails?.builder?.id, old?.id].find(isRun) ?? undefined;
}

const isRun = (text: string | null | undefined): boolean =>
  text !== null && text !== undefined && /^https?:\/\/[^\s]+\/(runs|pipelines|jobs|job)\/[^\s]+$/.test(text);

function read<T>(schema: z.ZodType<T>, body: Buffer): T | undefined {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
