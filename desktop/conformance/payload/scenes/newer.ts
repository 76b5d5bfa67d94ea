import type { Scene } from '../scene.ts';

/** Keys that docker compose 2.26 does not know. */
export const newerScene: Scene = {
  name: 'newer keys',
  services: {
    allGpus: { gpus: 'all' },
    someGpus: {
      gpus: [
        { driver: 'nvidia', count: 2, capabilities: ['compute'], options: { a: 'b' } },
        { device_ids: ['3'], capabilities: [] },
      ],
    },
    cdiDevices: { devices: ['vendor.com/device=one', 'vendor.com/device=two', '/dev/null:/dev/xnull'] },
    endpointOptions: { networks: { front: { driver_opts: { 'com.example.option': 'x' } } } },
    recursive: {
      volumes: [
        { type: 'bind', source: './data', target: '/off', bind: { recursive: 'disabled', create_host_path: true } },
        { type: 'bind', source: './data', target: '/on', bind: { recursive: 'enabled', create_host_path: true } },
        {
          type: 'bind',
          source: './data',
          target: '/w',
          read_only: true,
          bind: { recursive: 'writable', create_host_path: true },
        },
        {
          type: 'bind',
          source: './data',
          target: '/r',
          read_only: true,
          bind: { recursive: 'readonly', propagation: 'rprivate', create_host_path: true },
        },
      ],
    },
    subpath: { volumes: [{ type: 'volume', source: 'data', target: '/s', volume: { subpath: 'sub' } }] },
    labelFile: { label_file: './labels.env', labels: { b: 'own' } },
    addresses: { extra_hosts: { many: ['1.1.1.1', '::1'] } },
  },
  networks: { front: { enable_ipv4: true } },
  volumes: { data: {} },
  files: { 'data/here': '', 'labels.env': 'a=1\nb=file\n' },
};
