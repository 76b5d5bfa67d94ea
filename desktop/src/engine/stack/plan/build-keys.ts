import { QuaysideError } from '#contract/index.ts';
import type { ServiceModel } from '#engine/compose/index.ts';
import { allOf, say } from '#kit/say.ts';

const handled = new Set([
  'args',
  'cache_from',
  'context',
  'dockerfile',
  'dockerfile_inline',
  'extra_hosts',
  'isolation',
  'labels',
  'network',
  'no_cache',
  'platforms',
  'pull',
  'secrets',
  'shm_size',
  'tags',
  'target',
  'ulimits',
]);

const elsewhere = say`Build this image with docker compose build, then start the stack here.`;

interface Limit {
  /** What of the value the engine's builder cannot do; undefined where the value asks for nothing of that kind. */
  readonly asks: (value: unknown) => string | undefined;
  readonly remedy: string;
}

/** Keys for which `POST /build` has no parameter. Values that ask for nothing, such as `privileged: false`, are fine. */
const limits: Readonly<Record<string, Limit>> = {
  additional_contexts: {
    asks: (value) => named(value, say`takes one context only`),
    remedy: say`Copy from an image (COPY --from=IMAGE) or from a folder inside the context. Or: ${elsewhere}`,
  },
  cache_from: {
    asks: (value) =>
      named(
        texts(value).filter((entry) => cacheReference(entry) === undefined),
        say`reads a cache from images only`,
      ),
    remedy: say`Name an image, or type=registry,ref=IMAGE. Or: ${elsewhere}`,
  },
  cache_to: {
    asks: (value) =>
      named(
        texts(value).filter((entry) => !isInline(entry)),
        say`keeps a cache only inside the image`,
      ),
    remedy: say`Use type=inline, or leave the key out: the engine keeps its own cache. Or: ${elsewhere}`,
  },
  entitlements: {
    asks: (value) =>
      named(
        texts(value).filter((entry) => entry !== 'network.host'),
        say`grants no entitlements`,
      ),
    remedy: elsewhere,
  },
  no_cache_filter: { asks: (value) => named(value, say`uses the cache for all stages or for none`), remedy: elsewhere },
  privileged: { asks: (value) => flag(value, say`never runs a step with all privileges`), remedy: elsewhere },
  provenance: {
    asks: (value) => flag(value, say`attaches no provenance`),
    remedy: say`Set it to false. Or: ${elsewhere}`,
  },
  sbom: {
    asks: (value) => flag(value, say`attaches no bill of materials`),
    remedy: say`Set it to false. Or: ${elsewhere}`,
  },
  ssh: {
    asks: (value) => named(value, say`is not given SSH keys by Quayside`),
    remedy: say`Hand a token over in build.secrets instead. Or: ${elsewhere}`,
  },
};

/**
 * Throws COMPOSE_UNSUPPORTED for a build key whose meaning would be lost on the way to the engine. `onePlatform`: of several
 * platforms only the one to run is wanted, so that they are no hindrance.
 */
export function checkBuildKeys(service: ServiceModel, onePlatform: boolean): void {
  for (const [key, value] of Object.entries(service.build ?? {})) {
    if (value === undefined || value === null || key.startsWith('x-')) continue;
    const limit = limits[key];
    const problem = limit?.asks(value);
    if (limit !== undefined && problem !== undefined) throw refusal(service, key, problem, limit.remedy);
    if (limit === undefined && !handled.has(key)) throw refusal(service, key, say`does not know this key`, elsewhere);
  }
  const platforms = service.build?.platforms ?? [];
  if (onePlatform || platforms.length < 2) return;
  const problem = say`builds for one platform at a time, not for ${allOf(platforms)}`;
  throw refusal(service, 'platforms', problem, say`Name one platform. Or: ${elsewhere}`);
}

/** The image that an entry of `cache_from` names; undefined for other kinds of cache. */
export function cacheReference(entry: string): string | undefined {
  if (!entry.includes('=')) return entry;
  const fields = new Map(entry.split(',').map((field) => [field.replace(/=.*/s, ''), field.replace(/^[^=]*=/, '')]));
  return fields.get('type') === 'registry' && fields.size === 2 ? fields.get('ref') : undefined;
}

export function isInline(entry: string): boolean {
  return entry === 'type=inline' || entry === 'inline';
}

function refusal(service: ServiceModel, key: string, problem: string, remedy: string): QuaysideError {
  return new QuaysideError(
    'COMPOSE_UNSUPPORTED',
    say`services.${service.name}.build.${key}: the builder of the engine ${problem}.`,
    {
      remedy,
      details: { service: service.name, key: `build.${key}` },
    },
  );
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The problem where the list or map holds anything. */
function named(value: unknown, problem: string): string | undefined {
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty || value === '' ? undefined : problem;
}

function flag(value: unknown, problem: string): string | undefined {
  return value === false || value === 'false' || value === '' ? undefined : problem;
}
