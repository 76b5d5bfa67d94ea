import type { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import type { Deadlines } from '../deadlines.ts';
import { json, type Transport, unary } from '../transport.ts';
import type { DockerGateway, ImageDetail } from '../types.ts';
import { encodeFilter } from './filters.ts';
import { present } from './present.ts';
import { imageInspect, imageList } from './shapes.ts';

function toImage(image: z.infer<typeof imageInspect>): ImageDetail {
  const { LastTagTime: lastTagged = '' } = image.Metadata ?? {};
  return {
    id: image.Id,
    tags: image.RepoTags.filter((tag) => !tag.startsWith('<none>')),
    digests: image.RepoDigests.filter((digest) => !digest.startsWith('<none>')),
    labels: image.Config.Labels,
    volumes: Object.keys(image.Config.Volumes),
    os: image.Os,
    arch: image.Architecture,
    size: image.Size,
    created: image.Created,
    // Go's zero time stands for never.
    ...(lastTagged === '' || lastTagged.startsWith('0001-') ? {} : { lastTagged }),
  };
}

/** A reference keeps its slashes, colons and at signs in a path. */
function path(reference: string, verb = ''): string {
  const name = encodeURIComponent(reference).replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%40/g, '@');
  return `/images/${name}${verb}`;
}

type ImageCalls = DockerGateway['images'];

/** The image calls of the gateway, but for pulls, builds and what is asked of registries. */
export function createImageCalls(
  transport: Transport,
  deadlines: Deadlines,
): Omit<ImageCalls, 'pull' | 'build' | 'login' | 'logins' | 'checkLogin' | 'remote'> {
  const find = async (reference: string): Promise<ImageDetail | undefined> => {
    try {
      const options = { method: 'GET', path: path(reference, '/json'), deadlineMs: deadlines.read } as const;
      return toImage(await json(transport, imageInspect, options));
    } catch (error) {
      const absent = error instanceof QuaysideError && /^(IMAGE|ENGINE)_NOT_FOUND$/.test(error.code);
      if (absent) return undefined;
      throw error;
    }
  };
  return {
    find,
    list: async (filter) => {
      const query = { filters: encodeFilter(filter) };
      const options = { method: 'GET', path: '/images/json', query, deadlineMs: deadlines.read } as const;
      // The list leaves out what an image declares as volumes and its platform.
      return present(await json(transport, imageList, options), ({ Id }) => find(Id));
    },
    tag: async (id, repository, tag) => {
      const query = { repo: repository, tag };
      await unary(transport, { method: 'POST', path: path(id, '/tag'), query, deadlineMs: deadlines.change });
    },
    import: async (repository, tag, archive) => {
      const query = { fromSrc: '-', repo: repository, tag };
      const headers = { 'Content-Type': 'application/x-tar' };
      const deadlineMs = deadlines.change;
      await unary(transport, { method: 'POST', path: '/images/create', query, headers, body: archive, deadlineMs });
    },
    remove: async (reference) => {
      await unary(transport, {
        method: 'DELETE',
        path: path(reference),
        deadlineMs: deadlines.remove,
        statuses: [404],
      });
    },
  };
}
