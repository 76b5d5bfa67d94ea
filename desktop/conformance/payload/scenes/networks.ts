import type { Scene } from '../scene.ts';

/** D.4 and D.5: what a service says of its networks and ports, and what top-level networks become. */
export const networkScene: Scene = {
  name: 'networks',
  differs: {
    mac: {
      until: '2.40',
      because: 'older versions of docker compose lose the MAC address of a service whose networks are a list',
    },
  },
  services: {
    default: {},
    two: { networks: ['front', 'back'] },
    aliases: { networks: { front: { aliases: ['www', 'shop.example'] }, back: null } },
    priority: { networks: { back: { priority: 10 }, front: { priority: 100 }, addressed: null } },
    address: {
      networks: {
        addressed: { ipv4_address: '10.97.61.5', ipv6_address: 'fd00:97:61::5', link_local_ips: ['169.254.8.8'] },
      },
    },
    mac: { mac_address: '02:42:ac:11:65:43', networks: ['front'] },
    endpointMac: {
      networks: { front: { mac_address: '02:42:ac:11:65:44' }, back: { mac_address: '02:42:ac:11:65:45' } },
    },
    host: { network_mode: 'host' },
    none: { network_mode: 'none' },
    bridge: { network_mode: 'bridge' },
    shared: { network_mode: 'service:two', ipc: 'service:ipcSource', pid: 'service:two' },
    ipcSource: { ipc: 'shareable', networks: ['front'] },
    sharedByName: { network_mode: 'container:qs-test-tr-nets', depends_on: ['netSource'] },
    netSource: { container_name: 'qs-test-tr-nets' },
    links: { links: ['two', 'aliases:web'], networks: ['front', 'back'] },
    externalLinks: { external_links: ['some-container', 'other:alias'] },
    hosts: {
      extra_hosts: ['a:1.2.3.4', 'b=::1', 'gw:host-gateway'],
      dns: ['1.1.1.1', '9.9.9.9'],
      dns_search: 'example.org',
      dns_opt: ['ndots:2'],
    },
    ports: { ports: ['127.0.0.1:28080:80', '443', '28090-28091:90-91/udp', '[::1]:26001:6001', '28200-28210:200'] },
    longPorts: {
      ports: [{ target: 81, published: '28181', mode: 'host', protocol: 'udp', host_ip: '127.0.0.1' }, { target: 82 }],
    },
    oneTargetTwice: { ports: ['127.0.0.1:28281:80', '127.0.0.1:28282:80'] },
    expose: { expose: ['3000', '4000-4002', '53/udp'], ports: ['3001'] },
    externalNetwork: { networks: ['named'] },
  },
  networks: {
    default: {},
    front: { driver: 'bridge', labels: { tier: 'front' } },
    back: { internal: true, attachable: true },
    addressed: {
      enable_ipv6: true,
      ipam: {
        driver: 'default',
        config: [
          {
            subnet: '10.97.61.0/24',
            ip_range: '10.97.61.128/25',
            gateway: '10.97.61.254',
            aux_addresses: { router: '10.97.61.9' },
          },
          { subnet: 'fd00:97:61::/64' },
        ],
      },
    },
    named: { name: 'qs-test-tr-named-network', driver_opts: { 'com.docker.network.bridge.name': 'qstrbr0' } },
  },
};

/** A stack whose services are all on the network of the host has no network of its own. */
export const noNetworkScene: Scene = { name: 'no network', services: { alone: { network_mode: 'none' } } };
