import type { Scene } from '../scene.ts';

/** D.2 Resources. */
export const resourceScene: Scene = {
  name: 'resources',
  differs: {
    reserved: { until: '2.40', because: 'older versions of docker compose lose the options of a device request' },
  },
  services: {
    memory: { mem_limit: '100m', mem_reservation: '50m', memswap_limit: '300m', mem_swappiness: 60 },
    memoryNoSwap: { mem_limit: 104857600, memswap_limit: -1 },
    deployMemory: {
      deploy: { resources: { limits: { memory: '64m', pids: 50 }, reservations: { memory: '32m', cpus: '0.2' } } },
    },
    bothMemory: { mem_limit: '64m', deploy: { resources: { limits: { memory: '64m' } } } },
    cpus: { cpus: 0.1 },
    cpusText: { cpus: '1.5' },
    deployCpus: { deploy: { resources: { limits: { cpus: '0.33' } } } },
    cpuShares: { cpu_shares: 512, cpu_quota: 50000, cpu_period: 100000, cpuset: '0' },
    cpuWindows: { cpu_count: 2, cpu_percent: 50 },
    pids: { pids_limit: 100 },
    pidsNone: { pids_limit: -1 },
    pidsZero: { pids_limit: 0 },
    ulimits: { ulimits: { nofile: { soft: 1024, hard: 2048 }, nproc: 65535, core: 0, memlock: -1 } },
    shm: { shm_size: '128m' },
    oom: { oom_kill_disable: true, oom_score_adj: 500 },
    cgroups: { cgroup_parent: 'qs-test-tr.slice', device_cgroup_rules: ['c 1:3 mr', 'a 7:* rmw'] },
    devices: { devices: ['/dev/null:/dev/xnull', '/dev/zero', '/dev/full:/dev/xfull:rw'] },
    blockIo: {
      blkio_config: {
        weight: 300,
        device_read_bps: [{ path: '/dev/vda', rate: '12mb' }],
        device_read_iops: [{ path: '/dev/vda', rate: 120 }],
        device_write_bps: [{ path: '/dev/vda', rate: '1024k' }],
        device_write_iops: [{ path: '/dev/vda', rate: '30' }],
      },
    },
    reserved: {
      deploy: {
        resources: {
          reservations: {
            devices: [
              { driver: 'nvidia', count: 'all', capabilities: ['gpu', 'utility'], options: { a: 'b' } },
              { capabilities: ['tpu'], device_ids: ['0', '3'] },
            ],
          },
        },
      },
    },
    storage: { storage_opt: {} },
    swarmOnly: {
      deploy: {
        mode: 'replicated',
        replicas: 1,
        labels: { x: 'y' },
        placement: { constraints: ['node.role==manager'] },
        update_config: { parallelism: 2 },
      },
    },
    noReplicas: { deploy: { replicas: 0 } },
  },
};
