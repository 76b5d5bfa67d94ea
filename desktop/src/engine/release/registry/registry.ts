import { createHash } from 'node:crypto';
import { z } from 'zod';
import { QuaysideError, type SignedState } from '#contract/index.ts';
import { type ImageReference, parseReference, type RegistryAuth } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { createSession, type RegistrySession } from './session.ts';
import { bundlesOf, type RepositoryReader, signedState } from './signatures.ts';

/** What a registry tells of one image without pulling it. */
export interface ImageFacts {
  readonly digest: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created?: string;
  /** `linux/amd64`. */
  readonly platforms: readonly string[];
}

/** Registries by the OCI distribution API, with the logins that docker has saved. Looks, and never pulls. */
export interface Registry {
  /** The digest that a name stands for now; asked anew each time, for tags move. */
  digest(image: string): Promise<string>;
  /** All tags of a repository, in the registry's order. `image`: any name in it. */
  tags(image: string): Promise<string[]>;
  /** Labels and platforms; remembered by digest, which never changes. */
  facts(image: string, digest: string): Promise<ImageFacts>;
  /** Bytes of all layers as they are sent; asked anew each time, for images are deleted. */
  pullSize(image: string, digest: string): Promise<number>;
  /** Whether it is signed or attested; `tags`: those of its repository. */
  signed(image: string, digest: string, tags: ReadonlySet<string>): Promise<SignedState>;
  /** The Sigstore bundles beside it, as they are; `tags`: those of its repository. */
  bundles(image: string, digest: string, tags: ReadonlySet<string>): Promise<Buffer[]>;
}

export type FindLogin = (domain: string) => Promise<{ readonly auth?: RegistryAuth; readonly problem?: string }>;

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const pageSize = 200;
const maxPages = 50;
const maxBytes = 4 * 1024 * 1024;

const manifest = z.object({
  config: z.object({ digest: z.string() }).optional(),
  layers: z.array(z.object({ size: z.number() })).optional(),
  manifests: z
    .array(
      z.object({
        digest: z.string(),
        platform: z.object({ os: z.string(), architecture: z.string() }).optional(),
      }),
    )
    .optional(),
});
const imageConfig = z.object({
  created: z.string().optional(),
  os: z.string().default(''),
  architecture: z.string().default(''),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});
const tagList = z.object({ tags: z.array(z.string()).nullish() });

export function createRegistry(login: FindLogin): Registry {
  const sessions = new Map<string, RegistrySession>();
  const known = new Map<string, Promise<ImageFacts>>();
  const sessionOf = ({ domain }: ImageReference): RegistrySession => {
    const session = sessions.get(domain) ?? createSession(domain, login);
    sessions.set(domain, session);
    return session;
  };
  return {
    async digest(image) {
      const reference = parse(image);
      if (reference.digest !== undefined) return reference.digest;
      const path = `${reference.path}/manifests/${reference.tag ?? 'latest'}`;
      const response = await sessionOf(reference).get(reference.path, path, { accept: manifestTypes, what: image });
      const body = await bodyOf(response, image);
      const told = response.headers.get('docker-content-digest');
      const own = digestOf(body);
      if (told !== null && told.startsWith('sha256:') && told !== own) throw corrupt(image);
      return own;
    },
    async tags(image) {
      const reference = parse(image);
      const tags: string[] = [];
      let path: string | undefined = `${reference.path}/tags/list?n=${pageSize}`;
      for (let page = 0; path !== undefined && page < maxPages; page += 1) {
        const response = await sessionOf(reference).get(reference.path, path, {
          accept: 'application/json',
          what: image,
        });
        tags.push(...(parseJson(tagList, await bodyOf(response, image), image).tags ?? []));
        path = nextPage(response.headers.get('link'));
      }
      return tags;
    },
    facts(image, digest) {
      const reference = parse(image);
      const key = `${reference.domain}/${reference.path}@${digest}`;
      const facts = known.get(key) ?? readFacts(sessionOf(reference), reference.path, digest, image);
      known.set(key, facts);
      facts.catch(() => known.delete(key));
      return facts;
    },
    signed(image, digest, tags) {
      const reference = parse(image);
      return signedState(readerOf(sessionOf(reference), reference.path, image), digest, tags);
    },
    bundles(image, digest, tags) {
      const reference = parse(image);
      return bundlesOf(readerOf(sessionOf(reference), reference.path, image), digest, tags);
    },
    async pullSize(image, digest) {
      const reference = parse(image);
      const { own } = await readManifests(sessionOf(reference), reference.path, digest, image);
      return (own.layers ?? []).reduce((sum, { size }) => sum + size, 0);
    },
  };
}

/** Manifests by tag are taken as they come: what they point to is by digest. */
function readerOf(session: RegistrySession, path: string, image: string): RepositoryReader {
  const exact = (kind: 'manifests' | 'blobs', digest: string) => readExact(session, path, { kind, digest }, image);
  const loose = async (what: string): Promise<Buffer> =>
    bodyOf(await session.get(path, `${path}/${what}`, { accept: manifestTypes, what: image }), image);
  return {
    manifest: (reference) =>
      reference.includes(':') ? exact('manifests', reference) : loose(`manifests/${reference}`),
    referrers: (digest) => loose(`referrers/${digest}`),
    blob: (digest) => exact('blobs', digest),
  };
}

/** Reads what is named by its digest, and checks that it is that. */
async function readExact(
  session: RegistrySession,
  path: string,
  { kind, digest }: { readonly kind: 'manifests' | 'blobs'; readonly digest: string },
  image: string,
): Promise<Buffer> {
  const accept = kind === 'blobs' ? '*/*' : manifestTypes;
  const body = await bodyOf(await session.get(path, `${path}/${kind}/${digest}`, { accept, what: image }), image);
  if (digestOf(body) !== digest) throw corrupt(image);
  return body;
}

/** The manifest of the image for this kind of machine, and what stands beside it. */
async function readManifests(session: RegistrySession, path: string, digest: string, image: string) {
  const read = async (wanted: string) =>
    parseJson(manifest, await readExact(session, path, { kind: 'manifests', digest: wanted }, image), image);
  const top = await read(digest);
  // An index lists attestations beside images, under the platform "unknown".
  const entries = (top.manifests ?? []).filter(({ platform }) => platform && platform.os !== 'unknown');
  const chosen = entries.find(({ platform }) => platform?.architecture === nodeArch()) ?? entries[0];
  return { top, entries, own: chosen ? await read(chosen.digest) : top };
}

async function readFacts(session: RegistrySession, path: string, digest: string, image: string): Promise<ImageFacts> {
  const { entries, own } = await readManifests(session, path, digest, image);
  if (!own.config) throw corrupt(image);
  const blob = await readExact(session, path, { kind: 'blobs', digest: own.config.digest }, image);
  const config = parseJson(imageConfig, blob, image);
  const platforms = entries.map(({ platform }) => `${platform?.os ?? ''}/${platform?.architecture ?? ''}`);
  return {
    digest,
    labels: config.config?.Labels ?? {},
    ...(config.created === undefined ? {} : { created: config.created }),
    platforms: platforms.length > 0 ? platforms : [`${config.os}/${config.architecture}`],
  };
}

const nodeArch = (): string => (process.arch === 'x64' ? 'amd64' : process.arch);

function parse(image: string): ImageReference {
  const reference = parseReference(image);
  if (reference) return reference;
  throw new QuaysideError('USAGE', say`${image} is not the name of an image.`, {
    remedy: say`Write REGISTRY/NAME:TAG, in lower case but for the tag.`,
  });
}

/** At most 4 MiB: manifests and configurations are small, and a registry is not to be trusted with our memory. */
async function bodyOf(response: Response, image: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const body: AsyncIterable<Uint8Array> | null = response.body;
    for await (const part of body ?? []) {
      size += part.byteLength;
      if (size > maxBytes)
        throw new QuaysideError('REGISTRY_PROTOCOL', say`The registry's answer about ${image} is far too long.`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof QuaysideError) throw error;
    throw new QuaysideError('REGISTRY_UNREACHABLE', say`The registry broke off while answering about ${image}.`, {
      remedy: say`Try again in a moment. What runs is not touched.`,
      cause: error,
    });
  }
  return Buffer.concat(parts);
}

const digestOf = (body: Buffer): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

function corrupt(image: string): QuaysideError {
  return new QuaysideError('REGISTRY_PROTOCOL', say`What the registry sent for ${image} is not what its digest says.`, {
    remedy: say`The registry or something in between is broken; nothing was changed.`,
  });
}

function parseJson<T>(schema: z.ZodType<T>, body: Buffer, image: string): T {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    throw new QuaysideError('REGISTRY_PROTOCOL', say`The registry's answer about ${image} cannot be understood.`, {
      remedy: say`Check that the address is that of a registry.`,
      cause: error,
    });
  }
}

/** `</v2/name/tags/list?last=x&n=200>; rel="next"` -> the part behind `/v2/`. */
function nextPage(link: string | null): string | undefined {
  const found = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (found === undefined) return undefined;
  const { pathname, search } = new URL(found, 'http://registry.invalid');
  return `${pathname.replace(/^\/v2\//, '')}${search}`;
}
