import { QuaysideError } from '#contract/index.ts';
import type { Model, MountModel, NetworkModel, ServiceModel } from '#engine/compose/index.ts';
import { atLeast } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { lacking } from './api.ts';
import { checkFiles } from './files.ts';
import { needsMountObject } from './mounts.ts';
import { networksByPriority } from './networks.ts';
import { checkServiceKeys } from './supported.ts';

/**
 * Checks, before anything is touched, that a service can be created on an engine that speaks this API version. Returns what
 * will be different from what the files say, in words; throws COMPOSE_UNSUPPORTED, COMPOSE_INVALID or VARIABLE_MISSING where
 * the difference would matter.
 */
export function checkTranslation(service: ServiceModel, model: Model, apiVersion: string): string[] {
  checkServiceKeys(service);
  checkMacAddresses(service, apiVersion);
  return [
    ...checkFiles(service, model),
    ...(service.volumes ?? []).flatMap((mount) => checkMount(service, mount, apiVersion)),
    ...networksByPriority(service).flatMap(([key, { gw_priority: priority, interface_name: name }]) => {
      const at = `networks.${key}`;
      if (name !== undefined) need(service, `${at}.interface_name`, apiVersion, '1.49');
      return priority === undefined ? [] : without(service, `${at}.gw_priority`, apiVersion, '1.48');
    }),
    ...(service['annotations'] === undefined ? [] : without(service, 'annotations', apiVersion, '1.43')),
    ...checkStartInterval(service, apiVersion),
    ...checkBridgeMac(service),
  ];
}

/** The same for a network that has to be created. */
export function checkNetwork(key: string, network: NetworkModel, apiVersion: string): void {
  const lack = network.enable_ipv4 === false ? lacking(apiVersion, '1.48') : undefined;
  if (lack !== undefined) throw unsupported(say`networks.${key}.enable_ipv4: false needs ${lack}.`);
}

function checkMount(service: ServiceModel, mount: MountModel, apiVersion: string): string[] {
  const at = say`volumes ${mount.target}`;
  if (mount.type === 'image') need(service, say`${at} (type image)`, apiVersion, '1.48');
  if (mount.volume?.subpath !== undefined) need(service, `${at} (subpath)`, apiVersion, '1.45');
  if (mount.bind?.recursive === 'readonly') need(service, say`${at} (recursive: readonly)`, apiVersion, '1.44');
  if (mount.type !== 'bind' || mount.bind?.selinux === undefined || !needsMountObject(mount)) return [];
  return [
    say`services.${service.name}.${at}: selinux has no effect together with recursive or create_host_path: false.`,
  ];
}

function checkStartInterval(service: ServiceModel, apiVersion: string): string[] {
  const { start_interval: interval, start_period: period } = service.healthcheck ?? {};
  if (interval === undefined) return [];
  if (period === undefined) {
    return [
      say`services.${service.name}.healthcheck.start_interval has no effect without start_period; docker compose from 2.31 on refuses it.`,
    ];
  }
  return without(service, 'healthcheck.start_interval', apiVersion, '1.44');
}

function checkMacAddresses(service: ServiceModel, apiVersion: string): void {
  const own = service['mac_address'];
  const [primary, ...others] = networksByPriority(service);
  const first = primary?.[1].mac_address;
  if (own !== undefined && first !== undefined && own !== first) {
    throw new QuaysideError(
      'COMPOSE_INVALID',
      say`services.${service.name} has one mac_address of its own and another on its first network ${primary?.[0] ?? ''}.`,
      { remedy: say`Keep one of the two, or make them equal.` },
    );
  }
  for (const [key, { mac_address: mac }] of others) {
    if (mac !== undefined) need(service, `networks.${key}.mac_address`, apiVersion, '1.44');
  }
}

function checkBridgeMac(service: ServiceModel): string[] {
  const mode = service.network_mode;
  if (service['mac_address'] === undefined || mode === undefined || ['bridge', 'default'].includes(mode)) return [];
  return [say`services.${service.name}.mac_address has no effect with network_mode: ${mode}.`];
}

function need(service: ServiceModel, key: string, apiVersion: string, wanted: string): void {
  const lack = lacking(apiVersion, wanted);
  if (lack !== undefined) throw unsupported(say`services.${service.name}.${key} needs ${lack}.`);
}

function without(service: ServiceModel, key: string, apiVersion: string, wanted: string): string[] {
  if (atLeast(apiVersion, wanted)) return [];
  return [say`services.${service.name}.${key} is left out: it needs ${lacking(apiVersion, wanted) ?? ''}.`];
}

function unsupported(message: string): QuaysideError {
  return new QuaysideError('COMPOSE_UNSUPPORTED', message, {
    remedy: say`Update Docker on that machine, or remove the key from the compose file.`,
  });
}
