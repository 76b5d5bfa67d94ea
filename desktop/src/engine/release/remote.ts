import type { RemoteRelease, RemoteReleases } from '#contract/index.ts';
import { familiarName, parseReference } from '#engine/docker/index.ts';
import { observe, serviceOf, type Target } from '#engine/stack/index.ts';
import { locate } from './images.ts';
import { releasedImages } from './model-of.ts';
import { provenanceOf } from './provenance.ts';
import type { ReleaseDeps } from './types.ts';

/** Versions that are looked at closely; a registry may hold thousands. */
const maxVersions = 30;
const someVersion = '0';
/** Signatures, attestations and caches lie beside the images. */
const noVersion = /^sha256-[0-9a-f]{64}|cache/;

/** The versions that lie in the registry for the services that are released, newest first. Nothing is pulled. */
export async function remoteReleases(deps: ReleaseDeps, target: Target, signal: AbortSignal): Promise<RemoteReleases> {
  const released = await releasedImages(deps.loadWith, target.environment, someVersion);
  const tags = new Map<string, Set<string>>();
  for (const [service, image] of released) tags.set(service, new Set(await deps.registry.tags(image)));
  const all = [...new Set([...tags.values()].flatMap((set) => [...set]))].filter((tag) => !noVersion.test(tag));
  const newest = all.sort((a, b) => byVersion(b, a)).slice(0, maxVersions);
  const running = await runningImages(deps, target.project);
  const releases: RemoteRelease[] = [];
  for (const version of newest) {
    signal.throwIfAborted();
    releases.push(await look(deps, version, released, tags, running));
  }
  releases.sort((a, b) => (b.provenance.created ?? '').localeCompare(a.provenance.created ?? ''));
  return { releases, more: all.length - newest.length };
}

const byVersion = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

async function runningImages({ gateway }: ReleaseDeps, project: string): Promise<ReadonlyMap<string, string>> {
  const { containers } = await observe(gateway, project);
  return new Map(containers.filter(({ running }) => running).map((one) => [serviceOf(one), one.imageId]));
}

async function look(
  deps: ReleaseDeps,
  version: string,
  released: ReadonlyMap<string, string>,
  tags: ReadonlyMap<string, ReadonlySet<string>>,
  running: ReadonlyMap<string, string>,
): Promise<RemoteRelease> {
  const images: RemoteRelease['images'] = [];
  const missing: string[] = [];
  let provenance: RemoteRelease['provenance'] = {};
  let current = true;
  for (const [service, any] of released) {
    const image = withTag(any, version);
    if (tags.get(service)?.has(version) !== true) {
      missing.push(service);
      continue;
    }
    const digest = await deps.registry.digest(image);
    images.push({ service, image, digest });
    const facts = await deps.registry.facts(image, digest);
    provenance = { ...provenanceOf(facts.labels, facts.created), ...provenance };
    const { found } = await locate(deps.gateway, service, image, digest);
    current &&= found !== undefined && found.id === running.get(service);
  }
  return { version, images, provenance, missing, current: current && missing.length === 0 };
}

function withTag(image: string, tag: string): string {
  const reference = parseReference(image);
  return reference ? `${familiarName(reference)}:${tag}` : image;
}
