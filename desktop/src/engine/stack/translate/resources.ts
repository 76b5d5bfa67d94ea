import type { ServiceModel } from '#engine/compose/index.ts';
import { deviceRequests, devices } from './devices.ts';
import { defined, isRecord, number, numberUnlessZero, record, recordList } from './values.ts';

/** The resource part of HostConfig. `deploy.resources` wins over the short keys, as in the CLI. */
export function resources(service: ServiceModel): Record<string, unknown> {
  const declared = record(record(service.deploy)['resources']);
  const limits = record(declared['limits']);
  const reservations = record(declared['reservations']);
  return defined({
    ...blockIo(service['blkio_config']),
    Memory: numberUnlessZero(limits['memory']) ?? number(service['mem_limit']),
    MemoryReservation: numberUnlessZero(reservations['memory']) ?? number(service['mem_reservation']),
    MemorySwap: number(service['memswap_limit']),
    MemorySwappiness: numberUnlessZero(service['mem_swappiness']),
    NanoCpus: nanoCpus(numberUnlessZero(limits['cpus']) ?? service['cpus']),
    CpuShares: number(service['cpu_shares']),
    CpuPeriod: number(service['cpu_period']),
    CpuQuota: number(service['cpu_quota']),
    CpuRealtimePeriod: number(service['cpu_rt_period']),
    CpuRealtimeRuntime: number(service['cpu_rt_runtime']),
    CpusetCpus: service['cpuset'],
    CpuCount: number(service['cpu_count']),
    CpuPercent: cpuPercent(service['cpu_percent']),
    PidsLimit: pidsLimit(limits['pids'], service['pids_limit']),
    Ulimits: ulimits(service['ulimits']),
    Devices: devices(service),
    DeviceRequests: deviceRequests(service),
    DeviceCgroupRules: service['device_cgroup_rules'],
    CgroupParent: service['cgroup_parent'],
    OomKillDisable: service['oom_kill_disable'] === true,
  });
}

/** Computed in 32-bit floats, as the CLI does. */
function nanoCpus(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  return Math.trunc(Math.fround(Math.fround(Number(value)) * 1e9));
}

/** The engine counts in hundredths of a percent. */
function cpuPercent(value: unknown): number | undefined {
  const percent = number(value);
  return percent === undefined ? undefined : Math.trunc(Math.fround(Math.fround(percent) * 100));
}

function pidsLimit(limit: unknown, own: unknown): number | undefined {
  const declared = number(limit);
  return declared !== undefined && declared > 0 ? declared : numberUnlessZero(own);
}

function ulimits(value: unknown): object[] | undefined {
  if (!isRecord(value)) return undefined;
  return Object.entries(value).map(([name, limit]) =>
    isRecord(limit)
      ? { Name: name, Soft: Number(limit['soft']), Hard: Number(limit['hard']) }
      : { Name: name, Soft: Number(limit), Hard: Number(limit) },
  );
}

/** The model spells these keys with a capital, as their Go structs do. */
function blockIo(value: unknown): Record<string, unknown> {
  const io = record(value);
  const rates = (key: string): object[] | undefined => {
    const found = recordList(io[key]);
    return found.length === 0 ? undefined : found.map(({ Path, Rate }) => ({ Path, Rate: number(Rate) }));
  };
  const weights = recordList(io['weight_device']).map(({ Path, Weight }) => ({ Path, Weight: number(Weight) }));
  return {
    BlkioWeight: number(io['weight']),
    BlkioWeightDevice: weights.length === 0 ? undefined : weights,
    BlkioDeviceReadBps: rates('device_read_bps'),
    BlkioDeviceReadIOps: rates('device_read_iops'),
    BlkioDeviceWriteBps: rates('device_write_bps'),
    BlkioDeviceWriteIOps: rates('device_write_iops'),
  };
}
