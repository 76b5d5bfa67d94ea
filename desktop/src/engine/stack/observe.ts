import { QuaysideError } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import type { ContainerDetail, DockerGateway, ImageDetail, NetworkDetail, VolumeDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { label, ofProject } from './labels.ts';
import { imageName } from './naming.ts';

/** What is on the engine, as far as one project goes. The planner sees nothing else of the engine. */
export interface Observed {
  /** Negotiated API version, such as `1.45`: what the engine can be asked for. */
  readonly apiVersion: string;
  readonly containers: readonly ContainerDetail[];
  readonly networks: readonly NetworkDetail[];
  readonly volumes: readonly VolumeDetail[];
  /** By reference as the files write it; absent = not on the engine. */
  readonly images: ReadonlyMap<string, ImageDetail>;
  /** External networks by their real name. */
  readonly externalNetworks: ReadonlyMap<string, NetworkDetail>;
  /** When this was read, milliseconds since the epoch. */
  readonly readAt: number;
}

/** Reads everything that a plan needs, in parallel. Containers that vanish while being read are left out. */
export async function observe(gateway: DockerGateway, project: string, model?: Model): Promise<Observed> {
  const references = new Set([...(model?.services.values() ?? [])].map((service) => imageName(project, service)));
  const [{ apiVersion }, containers, networks, volumes, images, externalNetworks] = await Promise.all([
    gateway.info(),
    observeContainers(gateway, project),
    gateway.networks.list({ label: ofProject(project) }),
    gateway.volumes.list({ label: ofProject(project) }),
    findImages(gateway, references),
    findExternalNetworks(gateway, model),
    checkExternalVolumes(gateway, model),
  ]);
  return { apiVersion, containers, networks, volumes, images, externalNetworks, readAt: Date.now() };
}

async function observeContainers(gateway: DockerGateway, project: string): Promise<ContainerDetail[]> {
  const list = await gateway.containers.list({ label: [...ofProject(project), label.configHash] });
  const details = await Promise.all(list.map((summary) => unlessGone(gateway.containers.inspect(summary.id))));
  return details.filter((detail) => detail !== undefined).sort((a, b) => compare(a.name, b.name));
}

async function findImages(gateway: DockerGateway, references: ReadonlySet<string>): Promise<Map<string, ImageDetail>> {
  const found = await Promise.all(
    [...references].map(async (reference) => [reference, await gateway.images.find(reference)] as const),
  );
  const images = new Map<string, ImageDetail>();
  for (const [reference, image] of found) if (image) images.set(reference, image);
  return images;
}

async function findExternalNetworks(
  gateway: DockerGateway,
  model: Model | undefined,
): Promise<Map<string, NetworkDetail>> {
  const external = [...(model?.networks.values() ?? [])].filter((network) => network.external);
  const found = await Promise.all(
    external.map(async ({ name }) => {
      const network = await unlessGone(gateway.networks.inspect(name));
      if (!network) {
        throw new QuaysideError(
          'ENGINE_NOT_FOUND',
          say`The network ${name} is declared as external but does not exist.`,
          {
            remedy: say`Create it first (docker network create ${name}) or remove "external: true" from the compose file.`,
            details: { network: name },
          },
        );
      }
      return [name, network] as const;
    }),
  );
  return new Map(found);
}

async function checkExternalVolumes(gateway: DockerGateway, model: Model | undefined): Promise<void> {
  const external = [...(model?.volumes.values() ?? [])].filter((volume) => volume.external);
  await Promise.all(
    external.map(async ({ name }) => {
      if (await unlessGone(gateway.volumes.inspect(name))) return;
      throw new QuaysideError('ENGINE_NOT_FOUND', say`The volume ${name} is declared as external but does not exist.`, {
        remedy: say`Create it first (docker volume create ${name}) or remove "external: true" from the compose file.`,
        details: { volume: name },
      });
    }),
  );
}

/** Undefined where the engine says that there is no such thing (any more). */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND') return undefined;
    throw error;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
