import type { ServiceModel } from '#engine/compose/index.ts';
import { defined, record, recordList, textList } from './values.ts';

/** `vendor.com/class=name`: a device by the name of the Container Device Interface. */
const cdiName = /^[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]\/[A-Za-z0-9][A-Za-z0-9_-]*=[A-Za-z0-9][A-Za-z0-9_.:-]*$/;

const isCdi = (device: Record<string, unknown>): boolean =>
  device['source'] === device['target'] && cdiName.test(String(device['source']));

/** Devices of the host by path. */
export function devices(service: ServiceModel): object[] | undefined {
  const found = recordList(service['devices']).filter((device) => !isCdi(device));
  if (found.length === 0) return undefined;
  return found.map(({ source, target, permissions }) => ({
    PathOnHost: source,
    PathInContainer: target,
    CgroupPermissions: permissions,
  }));
}

/** Devices that a driver hands out: reservations of the deploy section, CDI names, GPUs; in the CLI's order. */
export function deviceRequests(service: ServiceModel): object[] | undefined {
  const reservations = record(record(record(service.deploy)['resources'])['reservations']);
  const reserved = recordList(reservations['devices']).map((device) =>
    request(device, textList(device['capabilities']) ?? []),
  );
  const named = recordList(service['devices']).filter(isCdi);
  const cdi = named.length === 0 ? [] : [{ Driver: 'cdi', DeviceIDs: named.map(({ source }) => source) }];
  const gpus = recordList(service['gpus']).map((device) =>
    request(device, [...(textList(device['capabilities']) ?? []), 'gpu']),
  );
  const all = [...reserved, ...cdi, ...gpus];
  return all.length === 0 ? undefined : all;
}

function request(device: Record<string, unknown>, capabilities: readonly string[]): object {
  return defined({
    Driver: device['driver'],
    Count: device['count'],
    DeviceIDs: device['device_ids'],
    Capabilities: [capabilities],
    Options: device['options'],
  });
}
