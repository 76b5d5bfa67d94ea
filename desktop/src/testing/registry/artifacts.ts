import { createHash } from 'node:crypto';

/** Something that is kept beside an image: a signature, an attestation. */
export interface Artifact {
  readonly artifactType: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly content: object;
}

/** One repository of a registry, written to by plain HTTP. */
export interface Repository {
  /** Gives what a tag or digest stands for another tag. */
  tag(reference: string, tag: string): Promise<void>;
  /** Lays an artifact beside an image and lists it under the tag that stands for referrers. */
  attach(digest: string, artifact: Artifact): Promise<void>;
  /** Lays an artifact under a tag of its own, as the older cosign does. */
  putUnder(tag: string, artifact: Artifact): Promise<void>;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const accept = [manifestType, indexType, 'application/vnd.docker.distribution.manifest.v2+json'].join(', ');

const digestOf = (data: string): string => `sha256:${createHash('sha256').update(data).digest('hex')}`;

export function repositoryAt(host: string, name: string): Repository {
  const base = `http://${host}/v2/${name}`;
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(url, init);
    if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const put = async (reference: string, type: string, body: string): Promise<void> => {
    await send(`${base}/manifests/${reference}`, { method: 'PUT', headers: { 'content-type': type }, body });
  };
  const blob = async (data: string) => {
    const begun = await send(`${base}/blobs/uploads/`, { method: 'POST' });
    const place = new URL(begun.headers.get('location') ?? '', `http://${host}`);
    place.searchParams.set('digest', digestOf(data));
    await send(place.href, { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: data });
    return { digest: digestOf(data), size: data.length };
  };
  const manifestOf = async ({ artifactType, annotations, content }: Artifact, more: object): Promise<string> =>
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      artifactType,
      config: { mediaType: 'application/vnd.oci.empty.v1+json', ...(await blob('{}')) },
      layers: [{ mediaType: artifactType, ...(await blob(JSON.stringify(content))) }],
      ...(annotations ? { annotations } : {}),
      ...more,
    });
  return {
    async tag(reference, tag) {
      const found = await send(`${base}/manifests/${reference}`, { headers: { accept } });
      await put(tag, found.headers.get('content-type') ?? manifestType, await found.text());
    },
    async attach(digest, artifact) {
      const manifest = await manifestOf(artifact, { subject: { mediaType: manifestType, digest, size: 1 } });
      const own = digestOf(manifest);
      await put(own, manifestType, manifest);
      const { artifactType, annotations = {} } = artifact;
      const listed = { mediaType: manifestType, digest: own, size: manifest.length, artifactType, annotations };
      const index = { schemaVersion: 2, mediaType: indexType, manifests: [listed] };
      await put(digest.replace(':', '-'), indexType, JSON.stringify(index));
    },
    putUnder: async (tag, artifact) => put(tag, manifestType, await manifestOf(artifact, {})),
  };
}
