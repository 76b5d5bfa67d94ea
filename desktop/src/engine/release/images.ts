import { QuaysideError, type ReleaseImage } from '#contract/index.ts';
import { type DockerGateway, familiarName, type ImageDetail, parseReference } from '#engine/docker/index.ts';
import type { TargetImage } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';

/** The image that a service is to run: by digest where it comes from a registry, by id where it is only here. */
export interface Wanted {
  readonly service: string;
  /** As the files name it. */
  readonly image: string;
  readonly digest?: string;
  /** Name by digest in the repository where it is pulled from. */
  readonly source?: string;
  readonly found?: ImageDetail;
}

/** The name under which an image of a release is kept, so that cleaning up never removes it. */
export function keptName(project: string, service: string, release: string): string {
  const path = service
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const own = project.replace(/[_-]+$/, '').replace(/[_-]{2,}/g, '-');
  return `quayside.local/${own}/${path === '' ? 'service' : path}:${release}`;
}

/** `repository@digest` for an image as the files name it. */
function byDigest(image: string, digest: string): string {
  const reference = parseReference(image);
  if (!reference) throw new QuaysideError('USAGE', say`${image} is not the name of an image.`);
  return `${familiarName(reference)}@${digest}`;
}

/** Looks an image up that was wanted by digest or, without one, by name. */
export async function locate(gateway: DockerGateway, service: string, image: string, digest?: string): Promise<Wanted> {
  if (digest === undefined) {
    const found = await gateway.images.find(image);
    const own = found && digestIn(found, image);
    return { service, image, ...(found ? { found } : {}), ...(own === undefined ? {} : { digest: own }) };
  }
  const source = byDigest(image, digest);
  const found = await gateway.images.find(source);
  return { service, image, digest, source, ...(found ? { found } : {}) };
}

/** The digest under which an image that is here lies in the repository of a name. */
export function digestIn(found: ImageDetail, image: string): string | undefined {
  const reference = parseReference(image);
  if (!reference) return undefined;
  const name = `${familiarName(reference)}@`;
  return found.digests.find((digest) => digest.startsWith(name))?.slice(name.length);
}

/** An image of a recorded release: by its id where it is still here, else by its digest. */
export async function locateRecorded(gateway: DockerGateway, recorded: ReleaseImage): Promise<Wanted> {
  const { service, image, digest, imageId } = recorded;
  const source = digest === undefined ? {} : { digest, source: byDigest(image, digest) };
  const found = imageId === '' ? undefined : await gateway.images.find(imageId);
  return { service, image, ...source, ...(found ? { found } : {}) };
}

/** What the plan needs to know of a wanted image. Throws RELEASE_UNAVAILABLE where it can be had from nowhere. */
export function targetOf(wanted: Wanted, names: readonly string[]): TargetImage {
  const { found, source, service, image } = wanted;
  if (found) return { source: found.id, image: found, names };
  if (source !== undefined) return { source, names };
  throw new QuaysideError(
    'RELEASE_UNAVAILABLE',
    say`The image of ${service} (${image}) is gone, and it is in no registry.`,
    {
      remedy: say`Build it again, or choose another release.`,
      details: { service, image },
    },
  );
}
