import { QuaysideError } from '#contract/index.ts';
import type { BuildModel, Model, ServiceModel } from '#engine/compose/index.ts';
import type { BuildRequest, BuildSecret } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { label } from '../labels.ts';
import { imageName } from '../naming.ts';
import { cacheReference, isInline } from '../plan/build-keys.ts';
import { platformOf } from '../translate/container.ts';
import { record } from '../translate/values.ts';

interface BuildWish {
  readonly model: Model;
  readonly service: ServiceModel;
  readonly composeVersion: string;
  readonly noCache: boolean;
}

/** What the engine is asked to build for a service. `notes` are for people. Throws COMPOSE_UNSUPPORTED, COMPOSE_INVALID. */
export function buildRequest(wish: BuildWish): { readonly request: BuildRequest; readonly notes: readonly string[] } {
  const { model, service, composeVersion, noCache } = wish;
  const build = service.build ?? { context: model.directory };
  const platform = buildPlatform(model, service, build);
  const { secrets, notes } = secretsOf(model, service, build);
  const request: BuildRequest = {
    context: build.context,
    dockerfile: build.dockerfile ?? 'Dockerfile',
    ...(build.dockerfile_inline === undefined ? {} : { dockerfileInline: build.dockerfile_inline }),
    tags: [imageName(model.name, service), ...(build.tags ?? [])],
    ...(build.target === undefined ? {} : { target: build.target }),
    args: { ...inlineCache(build), ...build.args },
    labels: {
      ...build.labels,
      [label.project]: model.name,
      [label.service]: service.name,
      [label.version]: composeVersion,
    },
    classicLabels: { [label.imageBuilder]: 'classic' },
    cacheFrom: (build.cache_from ?? []).flatMap((entry) => cacheReference(entry) ?? []),
    noCache: noCache || build.no_cache === true,
    pull: build.pull === true,
    ...(build.network === undefined ? {} : { network: build.network }),
    extraHosts: (build.extra_hosts ?? []).map((entry) => entry.replace('=', ':')),
    ...(build.shm_size === undefined ? {} : { shmSize: Number(build.shm_size) }),
    ulimits: ulimits(build),
    ...(platform === undefined ? {} : { platform }),
    ...(build.isolation === undefined ? {} : { isolation: build.isolation }),
    secrets,
  };
  return { request, notes };
}

/** A cache inside the image is asked for by an argument, which the builder keeps for itself. */
function inlineCache({ cache_to = [] }: BuildModel): Record<string, string> {
  return cache_to.some(isInline) ? { BUILDKIT_INLINE_CACHE: '1' } : {};
}

/** The platform that the service runs on, else the only one of the build section. */
function buildPlatform(model: Model, service: ServiceModel, { platforms = [] }: BuildModel): string | undefined {
  const wanted = platformOf(service, model);
  if (wanted === undefined) return platforms.length === 1 ? platforms[0] : undefined;
  if (platforms.length === 0 || platforms.includes(wanted)) return wanted;
  const from = service.platform === undefined ? 'DOCKER_DEFAULT_PLATFORM' : `services.${service.name}.platform`;
  throw new QuaysideError(
    'COMPOSE_INVALID',
    say`${from} is ${wanted}, which services.${service.name}.build.platforms lacks.`,
    { remedy: say`Add it there, or take one of ${platforms.join(', ')}.`, details: { service: service.name } },
  );
}

function ulimits(build: BuildModel): BuildRequest['ulimits'] {
  return Object.entries(build.ulimits ?? {}).map(([name, limit]) => {
    const { soft = limit, hard = limit } = record(limit);
    return { name, soft: Number(soft), hard: Number(hard) };
  });
}

function secretsOf(model: Model, service: ServiceModel, build: BuildModel) {
  const secrets: BuildSecret[] = [];
  const notes: string[] = [];
  for (const { source, target } of build.secrets ?? []) {
    const id = target ?? source;
    const { file, environment } = model.secrets.get(source) ?? {};
    const value = environment === undefined ? undefined : model.environment.get(environment);
    if (file !== undefined) secrets.push({ id, file });
    else if (value !== undefined) secrets.push({ id, value });
    else if (environment === undefined) throw unusable(service, source);
    // Where the Dockerfile does not insist on the secret, the build works without it, as it does with the CLI.
    else notes.push(say`The build secret ${source} is not offered: the variable ${environment} is not set.`);
  }
  return { secrets, notes };
}

function unusable(service: ServiceModel, source: string): QuaysideError {
  return new QuaysideError(
    'COMPOSE_UNSUPPORTED',
    say`services.${service.name}.build.secrets: ${source} comes neither from a file nor from a variable.`,
    { remedy: say`Give secrets.${source} a \`file\` or an \`environment\`.`, details: { service: service.name } },
  );
}
