import { createHash } from 'node:crypto';
import type { HashProfile, NetworkModel, ServiceModel, VolumeModel } from '../model.ts';
import { isPlain } from '../schema/omit.ts';
import { network as networkType, volume as volumeType } from '../schema/project.ts';
import { service as serviceType } from '../schema/service.ts';
import { hashRules, newestProfile } from './profile.ts';
import { writeStruct } from './write.ts';

/** Finds the id of the first container of a service; a service hash names containers, not services, where it joins them. */
export type ResolveContainer = (service: string) => string;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The value of the label com.docker.compose.config-hash of a container, as the given generation of docker compose computes it. */
export function serviceHash(service: ServiceModel, profile: HashProfile, resolve?: ResolveContainer): string {
  return digest(serviceText(service, profile, resolve));
}

/** The text that `serviceHash` digests. */
export function serviceText(service: ServiceModel, profile: HashProfile, resolve?: ResolveContainer): string {
  const rules = hashRules(profile);
  const joined = resolve === undefined ? service : { ...service, ...references(service, resolve) };
  return writeStruct(withoutReplicas(joined), serviceType, rules, rules.without);
}

function withoutReplicas(service: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const deploy = service['deploy'];
  return isPlain(deploy) && 'replicas' in deploy ? { ...service, deploy: { ...deploy, replicas: undefined } } : service;
}

function references(service: ServiceModel, resolve: ResolveContainer): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const key of ['network_mode', 'ipc', 'pid']) {
    const value = service[key];
    if (typeof value === 'string' && value.startsWith('service:')) {
      found[key] = `container:${resolve(value.slice('service:'.length))}`;
    }
  }
  const volumesFrom = service['volumes_from'];
  if (Array.isArray(volumesFrom))
    found['volumes_from'] = volumesFrom.map((entry) => volumeSource(String(entry), resolve));
  return found;
}

function volumeSource(entry: string, resolve: ResolveContainer): string {
  return entry.startsWith('container:') ? entry.slice('container:'.length) : resolve(entry.split(':')[0] ?? entry);
}

/** The value of the label com.docker.compose.config-hash of a network (docker compose writes it from 2.31 on). */
export function networkHash(network: NetworkModel, profile: HashProfile): string {
  return digest(writeStruct({ ...network }, networkType, hashRules(profile)));
}

/** The value of the label com.docker.compose.config-hash of a volume (docker compose writes it from 2.32 on). */
export function volumeHash(volume: VolumeModel): string {
  const driver = volume.driver === undefined || volume.driver === '' ? 'local' : volume.driver;
  return digest(writeStruct({ ...volume, driver }, volumeType, hashRules(newestProfile)));
}
