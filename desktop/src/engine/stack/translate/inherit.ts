import type { ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail, ContainerMount, ImageDetail } from '#engine/docker/index.ts';

/** Anonymous volumes of the container that is replaced, by target: their data moves to the new one. */
export function inheritedVolumes(
  service: ServiceModel,
  image: ImageDetail | undefined,
  replaces: ContainerDetail | undefined,
): ReadonlyMap<string, ContainerMount> {
  const inherited = new Map<string, ContainerMount>();
  for (const mount of replaces?.mounts ?? []) {
    if (mount.type !== 'volume' || mount.name === undefined) continue;
    const own = service.volumes?.find((candidate) => candidate.target === mount.target);
    const anonymous = own?.type === 'volume' && own.source === undefined;
    if (anonymous || (!own && image?.volumes.includes(mount.target) === true)) inherited.set(mount.target, mount);
  }
  return inherited;
}
