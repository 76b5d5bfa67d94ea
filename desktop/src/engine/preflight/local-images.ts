import type { ServiceModel } from '#engine/compose/index.ts';
import type { DockerGateway, ImageDetail } from '#engine/docker/index.ts';
import { answeringEngine, type PreflightInput } from './check.ts';

/** A service that runs an image which it does not build, and that image where the engine has it. */
export interface UsedImage {
  readonly service: ServiceModel;
  readonly image: string;
  readonly local: ImageDetail | undefined;
}

/** The images of services without a build; undefined where no engine answers. Asked once for all checks of a run. */
export function usedImages(input: PreflightInput): Promise<Found | undefined> {
  const known = memory.get(input);
  if (known !== undefined) return known;
  const asked = ask(input);
  memory.set(input, asked);
  return asked;
}

interface Found {
  readonly gateway: DockerGateway;
  readonly images: readonly UsedImage[];
}

const memory = new WeakMap<PreflightInput, Promise<Found | undefined>>();

async function ask(input: PreflightInput): Promise<Found | undefined> {
  const gateway = await answeringEngine(input);
  if (gateway === undefined) return undefined;
  const services = [...(input.model?.services.values() ?? [])].filter(
    ({ build, scale }) => build === undefined && scale !== 0,
  );
  const names = [...new Set(services.flatMap(({ image }) => (image === undefined ? [] : [image])))];
  const found = new Map<string, ImageDetail | undefined>(
    await Promise.all(
      names.map(async (name) => [name, await gateway.images.find(name).catch(() => undefined)] as const),
    ),
  );
  const images = services.flatMap((service) =>
    service.image === undefined ? [] : [{ service, image: service.image, local: found.get(service.image) }],
  );
  return { gateway, images };
}
