import { hashProfileOf, type Model, type ServiceModel, serviceHash } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { isSameContent } from './content-label.ts';
import { label } from './labels.ts';
import { imageName, isReplicaOf } from './naming.ts';
import type { Observed } from './observe.ts';

/** Why a container no longer is what the files say, in words; undefined where it is. Follows the order of the CLI's own test. */
export function divergence(
  container: ContainerDetail,
  service: ServiceModel,
  model: Model,
  observed: Observed,
  networkIds: ReadonlyMap<string, string>,
): string | undefined {
  const profile = hashProfileOf(container.labels[label.version] ?? '');
  const idOf = (dependency: string): string => firstContainerId(dependency, observed);
  if (serviceHash(service, profile, idOf) !== container.labels[label.configHash]) {
    return say`its configuration changed`;
  }
  if (!isSameContent(container.labels[label.content], service, model)) {
    return say`the content of its secrets or configs changed`;
  }
  const image = observed.images.get(imageName(model.name, service));
  if (image && image.id !== container.labels[label.image]) return say`its image changed`;
  for (const key of Object.keys(service.networks ?? {})) {
    const name = model.networks.get(key)?.name;
    if (name !== undefined && !isAttached(container, name, networkIds.get(name)))
      return say`it is not attached to network ${key}`;
  }
  for (const mount of service.volumes ?? []) {
    const volume = mount.type === 'volume' && mount.source !== undefined ? model.volumes.get(mount.source) : undefined;
    if (volume && !container.volumes.includes(volume.name)) return say`volume ${volume.name} is not mounted`;
  }
  return undefined;
}

/**
 * One that does not run is attached when it starts, but to the very network that it knows by its id: where that is gone, the
 * engine refuses the start for ever.
 */
function isAttached(container: ContainerDetail, network: string, id: string | undefined): boolean {
  if (id !== undefined && Object.values(container.networks).includes(id)) return true;
  // Never started: the engine has not looked the network up yet.
  return container.state !== 'running' && container.networks[network] === '';
}

function firstContainerId(service: string, observed: Observed): string {
  return observed.containers.find((container) => isReplicaOf(container, service))?.id ?? '';
}
