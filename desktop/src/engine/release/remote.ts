import type { ImageTrust, RemoteRelease, RemoteReleases, SignedState } from '#contract/index.ts';
import { familiarName, parseReference } from '#engine/docker/index.ts';
import { observe, serviceOf, type Target } from '#engine/stack/index.ts';
import { locate } from './images.ts';
import { releasedImages } from './model-of.ts';
import { provenanceOf } from './provenance.ts';
import { byVersion, isVersion, pointers } from './tags.ts';
import { type ImagePolicy, judge } from './trust/judge.ts';
import type { ReleaseDeps } from './types.ts';

/** Versions and pointers that are looked at closely; a registry may hold thousands. */
const maxVersions = 30;
const maxPointers = 20;
const someVersion = '0';

/** What is known of the registry before versions are looked at. */
interface Shelf {
  /** An image of each released service, with any tag. */
  readonly images: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>;
  /** Image ids that run, by service. */
  readonly running: ReadonlyMap<string, string>;
  readonly policy: ImagePolicy;
}

/**
 * The versions that lie in the registry for the services that are released, newest first; a branch is shown with the version
 * that it stands for. Nothing is pulled.
 */
export async function remoteReleases(deps: ReleaseDeps, target: Target, signal: AbortSignal): Promise<RemoteReleases> {
  const images = await releasedImages(deps.loadWith, target.environment, someVersion);
  const tags = new Map<string, Set<string>>();
  for (const [service, image] of images) tags.set(service, new Set(await deps.registry.tags(image)));
  const policy = await deps.imagePolicy(target.model?.directory ?? '');
  const shelf = { images, tags, policy, running: await runningImages(deps, target.project) };
  const all = [...new Set([...tags.values()].flatMap((set) => [...set]))];
  const versions = all.filter(isVersion).sort((a, b) => byVersion(b, a));
  const newest = versions.slice(0, maxVersions);
  const looked: RemoteRelease[] = [];
  for (const version of newest) {
    signal.throwIfAborted();
    looked.push(await look(deps, version, shelf));
  }
  const releases = merged(looked);
  const others: string[] = [];
  for (const [index, tag] of pointers(all).entries()) {
    signal.throwIfAborted();
    const named = index < maxPointers ? await standingFor(deps, tag, shelf, releases) : undefined;
    if (named) named.names.push(tag);
    else others.push(tag);
  }
  releases.sort((a, b) => (b.provenance.created ?? '').localeCompare(a.provenance.created ?? ''));
  return { releases, more: versions.length - newest.length, others };
}

async function runningImages({ gateway }: ReleaseDeps, project: string): Promise<ReadonlyMap<string, string>> {
  const { containers } = await observe(gateway, project);
  return new Map(containers.filter(({ running }) => running).map((one) => [serviceOf(one), one.imageId]));
}

async function look(deps: ReleaseDeps, version: string, shelf: Shelf): Promise<RemoteRelease> {
  const images: RemoteRelease['images'] = [];
  const missing: string[] = [];
  const states: SignedState[] = [];
  const trust: Record<string, ImageTrust> = {};
  let provenance: RemoteRelease['provenance'] = {};
  let current = true;
  for (const [service, any] of shelf.images) {
    const image = withTag(any, version);
    const tags = shelf.tags.get(service);
    if (tags?.has(version) !== true) {
      missing.push(service);
      continue;
    }
    const digest = await deps.registry.digest(image);
    images.push({ service, image, digest });
    const facts = await deps.registry.facts(image, digest);
    provenance = { ...provenanceOf(facts.labels, facts.created), ...provenance };
    states.push(await deps.registry.signed(image, digest, tags));
    trust[service] = await judge(deps.registry, shelf.policy, { image, digest });
    const { found } = await locate(deps.gateway, service, image, digest);
    current &&= found !== undefined && found.id === shelf.running.get(service);
  }
  const signed = weakest(states);
  if (signed.run !== undefined) provenance = { run: signed.run, ...provenance };
  return {
    version,
    names: [],
    images,
    provenance,
    signed,
    trust,
    missing,
    current: current && missing.length === 0,
  };
}

const strength = ['unknown', 'none', 'attested', 'signed'] as const;

/** A release is signed as its least signed image is. */
function weakest(states: readonly SignedState[]): SignedState {
  const state = strength.find((one) => states.some((other) => other.state === one)) ?? 'unknown';
  const run = states.find((one) => one.run !== undefined)?.run;
  return { state, ...(run === undefined ? {} : { run }) };
}

const digestsOf = ({ images }: RemoteRelease): string => images.map(({ digest }) => digest).join();

/** Versions of the same images are one release, called by the first of its names. */
function merged(looked: readonly RemoteRelease[]): RemoteRelease[] {
  const releases: RemoteRelease[] = [];
  for (const one of looked) {
    const same = releases.find((other) => one.missing.length === 0 && digestsOf(other) === digestsOf(one));
    if (same) same.names.push(one.version);
    else releases.push(one);
  }
  return releases;
}

/** The release that a moving tag stands for now, for every service. */
async function standingFor(
  deps: ReleaseDeps,
  tag: string,
  { images, tags }: Shelf,
  releases: readonly RemoteRelease[],
): Promise<RemoteRelease | undefined> {
  const digests: string[] = [];
  for (const [service, any] of images) {
    if (tags.get(service)?.has(tag) !== true) return undefined;
    digests.push(await deps.registry.digest(withTag(any, tag)));
  }
  return releases.find((release) => digestsOf(release) === digests.join());
}

function withTag(image: string, tag: string): string {
  const reference = parseReference(image);
  return reference ? `${familiarName(reference)}:${tag}` : image;
}
