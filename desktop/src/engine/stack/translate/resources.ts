import type { ServiceModel } from '#engine/compose/index.ts';
import { bytes, defined, isRecord, record } from './values.ts';

/** The resource part of HostConfig. `deploy.resources` wins over the short keys, as in the CLI. */
export function resources(service: ServiceModel): Record<string, unknown> {
  const declared = record(record(service.deploy)['resources']);
  const limits = record(declared['limits']);
  const reservations = record(declared['reservations']);
  return defined({
    Memory: bytes(limits['memory'] ?? service['mem_limit']),
    MemoryReservation: bytes(reservations['memory'] ?? service['mem_reservation']),
    MemorySwap: bytes(service['memswap_limit']),
    MemorySwappiness: service['mem_swappiness'],
    NanoCpus: nanoCpus(limits['cpus'] ?? service['cpus']),
    CpuShares: service['cpu_shares'],
    CpuPeriod: service['cpu_period'],
    CpuQuota: service['cpu_quota'],
    CpusetCpus: service['cpuset'],
    CpuCount: service['cpu_count'],
    PidsLimit: limits['pids'] ?? service['pids_limit'],
    Ulimits: ulimits(service['ulimits']),
    Devices: devices(service['devices']),
    DeviceCgroupRules: service['device_cgroup_rules'],
    CgroupParent: service['cgroup_parent'],
    OomKillDisable: service['oom_kill_disable'],
  });
}

/** Computed in 32-bit floats, as the CLI does. */
function nanoCpus(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  return Math.trunc(Math.fround(Math.fround(Number(value)) * 1e9));
}

function ulimits(value: unknown): object[] | undefined {
  if (!isRecord(value)) return undefined;
  return Object.entries(value).map(([name, limit]) =>
    isRecord(limit)
      ? { Name: name, Soft: Number(limit['soft']), Hard: Number(limit['hard']) }
      : { Name: name, Soft: Number(limit), Hard: Number(limit) },
  );
}

function devices(value: unknown): object[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isRecord).map((device) => ({
    PathOnHost: device['source'],
    PathInContainer: device['target'],
    CgroupPermissions: device['permissions'],
  }));
}
