import {
  hashProfileOf,
  type Model,
  type NetworkModel,
  networkHash,
  type VolumeModel,
  volumeHash,
} from '#engine/compose/index.ts';
import { atLeast } from '#engine/docker/index.ts';
import { label } from '../labels.ts';
import { defined } from './values.ts';

/** Body of POST /networks/create. */
export function networkBody(
  model: Model,
  key: string,
  network: NetworkModel,
  { composeVersion, apiVersion }: { readonly composeVersion: string; readonly apiVersion: string },
): Record<string, unknown> {
  return defined({
    Name: network.name,
    Driver: network.driver ?? 'bridge',
    // Newer engines always refuse a second network of the same name.
    CheckDuplicate: atLeast(apiVersion, '1.44') ? undefined : true,
    Options: network.driver_opts,
    Internal: network.internal,
    Attachable: network.attachable,
    EnableIPv4: atLeast(apiVersion, '1.48') ? network.enable_ipv4 : undefined,
    EnableIPv6: network.enable_ipv6,
    IPAM: ipam(network),
    Labels: {
      ...network.labels,
      ...resourceLabels(model, composeVersion),
      [label.network]: key,
      [label.configHash]: networkHash(network, hashProfileOf(composeVersion)),
    },
  });
}

/** Body of POST /volumes/create. */
export function volumeBody(
  model: Model,
  key: string,
  volume: VolumeModel,
  composeVersion: string,
): Record<string, unknown> {
  return defined({
    Name: volume.name,
    Driver: volume.driver,
    DriverOpts: volume.driver_opts,
    Labels: {
      ...volume.labels,
      ...resourceLabels(model, composeVersion),
      [label.volume]: key,
      [label.configHash]: volumeHash(volume),
    },
  });
}

function resourceLabels(model: Model, composeVersion: string): Record<string, string> {
  return { [label.project]: model.name, [label.version]: composeVersion };
}

function ipam(network: NetworkModel): Record<string, unknown> | undefined {
  const declared = network.ipam;
  if (!declared || Object.keys(declared).length === 0) return undefined;
  return defined({
    Driver: declared.driver,
    Options: declared.options,
    Config: declared.config?.map((entry) =>
      defined({
        Subnet: entry.subnet,
        Gateway: entry.gateway,
        IPRange: entry.ip_range,
        AuxiliaryAddresses: entry.aux_addresses,
      }),
    ),
  });
}
