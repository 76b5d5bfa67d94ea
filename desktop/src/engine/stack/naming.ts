import type { ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { label } from './labels.ts';

/** The image a service runs: as written, or the name that the CLI gives to images it builds. */
export function imageName(project: string, service: ServiceModel): string {
  return service.image ?? `${project}-${service.name}`;
}

/** `container_name`, or `<project>-<service>-<number>`. */
export function containerName(project: string, service: ServiceModel, number: number): string {
  return service.container_name ?? `${project}-${service.name}-${number}`;
}

/** The name that a replacement carries until the old container is gone. */
export function temporaryName(old: ContainerDetail, finalName: string): string {
  return `${old.id.slice(0, 12)}_${finalName}`;
}

/** True for a replacement whose making was cut off: its name still carries the old container's id. */
export function isTemporary(container: ContainerDetail): boolean {
  return /^[0-9a-f]{12}_/.test(container.name) && container.labels[label.replace] !== undefined;
}

export function serviceOf(container: Pick<ContainerDetail, 'labels'>): string {
  return container.labels[label.service] ?? '';
}

export function numberOf(container: ContainerDetail): number {
  return Number.parseInt(container.labels[label.number] ?? '1', 10) || 1;
}

export function isOneOff(container: ContainerDetail): boolean {
  return container.labels[label.oneoff] === 'True';
}

/** True for one that the engine is removing, or failed to remove: it can never be started again. */
export function isDoomed(container: ContainerDetail): boolean {
  return container.state === 'removing' || container.state === 'dead';
}

/** True for a container that counts as a replica of the service: no one-off, no half-made replacement, none that is going. */
export function isReplicaOf(container: ContainerDetail, service: string): boolean {
  return serviceOf(container) === service && !isOneOff(container) && !isTemporary(container) && !isDoomed(container);
}

/** Replicas wanted: `scale` wins over `deploy.replicas`; one by default. */
export function wantedReplicas(service: ServiceModel): number {
  if (service.scale !== undefined) return service.scale;
  const replicas = service.deploy?.['replicas'];
  return typeof replicas === 'number' ? replicas : 1;
}
