import { describe, expect, test } from 'vitest';
import type { NetworkAttachment, ServiceModel } from '#engine/compose/index.ts';
import { model, service } from '#testing/stack-fixture.ts';
import { translation } from '#testing/translation-fixture.ts';
import { containerMac, endpoints, networkMode } from './networks.ts';

type Attachments = Readonly<Record<string, NetworkAttachment | null>>;

function attached(networks: Attachments, apiVersion: string, more: Partial<ServiceModel> = {}) {
  const made = service('a', { networks, ...more });
  const known = new Map(Object.keys(networks).map((key) => [key, { name: `p_${key}` }]));
  return translation(made, { model: { ...model([made]), networks: known }, apiVersion });
}

const aliases = ['p-a-1', 'a'];

describe('networks of a container', () => {
  const two: Attachments = { x: null, y: { priority: 5, aliases: ['w'] } };

  test('from API 1.44 on all at once, the one of the highest priority first', () => {
    const input = attached(two, '1.44');
    expect(endpoints(input)).toEqual({
      endpointsConfig: { p_y: { Aliases: [...aliases, 'w'] }, p_x: { Aliases: aliases } },
      connectLater: [],
    });
    expect(networkMode(input)).toBe('p_y');
  });

  test('before, the first at once and the others afterwards', () => {
    expect(endpoints(attached(two, '1.43'))).toEqual({
      endpointsConfig: { p_y: { Aliases: [...aliases, 'w'] } },
      connectLater: [{ network: 'p_x', endpoint: { Aliases: aliases } }],
    });
  });

  test('without priorities the name decides; without networks there is none', () => {
    expect(networkMode(attached({ b: null, a: null }, '1.44'))).toBe('p_a');
    expect(networkMode(attached({}, '1.44'))).toBe('none');
    expect(endpoints(attached({}, '1.44'))).toEqual({ connectLater: [] });
  });

  const everything: NetworkAttachment = {
    ipv4_address: '10.0.0.5',
    ipv6_address: 'fd00::5',
    link_local_ips: ['169.254.1.1'],
    mac_address: '02:42:ac:11:65:43',
    driver_opts: { a: 'b' },
    gw_priority: 7,
    interface_name: 'eth9',
  };
  const ipam = { IPv4Address: '10.0.0.5', IPv6Address: 'fd00::5', LinkLocalIPs: ['169.254.1.1'] };
  const ifname = { a: 'b', 'com.docker.network.endpoint.ifname': 'eth9' };

  test.each([
    ['1.43', { IPAMConfig: ipam, DriverOpts: { a: 'b' } }],
    ['1.44', { IPAMConfig: ipam, DriverOpts: { a: 'b' }, MacAddress: '02:42:ac:11:65:43' }],
    ['1.48', { IPAMConfig: ipam, DriverOpts: { a: 'b' }, MacAddress: '02:42:ac:11:65:43', GwPriority: 7 }],
    ['1.49', { IPAMConfig: ipam, DriverOpts: ifname, MacAddress: '02:42:ac:11:65:43', GwPriority: 7 }],
  ])('an endpoint of API %s holds what that version knows', (apiVersion, expected) => {
    const { endpointsConfig } = endpoints(attached({ x: everything }, apiVersion));
    expect(endpointsConfig).toEqual({ p_x: { Aliases: aliases, ...expected } });
  });

  test('links go to every endpoint', () => {
    const links = { links: ['b:db'], external_links: ['ext', 'other:alias'] };
    const expected = ['p-b-1:db', 'p-b-1:b-1', 'p-b-1:p-b-1', 'ext:ext', 'other:alias'];
    const { endpointsConfig } = endpoints(attached({ x: null, y: null }, '1.44', links));
    expect(endpointsConfig).toMatchObject({ p_x: { Links: expected }, p_y: { Links: expected } });
  });
});

describe('MAC address of a service', () => {
  const mac = '02:42:ac:11:65:43';

  test('before API 1.44 it is the container’s, from then on the first network’s', () => {
    const networks: Attachments = { x: null, y: null };
    expect(containerMac(attached(networks, '1.43', { mac_address: mac }))).toBe(mac);
    expect(containerMac(attached({ x: { mac_address: mac } }, '1.43'))).toBe(mac);
    const newer = attached(networks, '1.44', { mac_address: mac });
    expect(containerMac(newer)).toBeUndefined();
    expect(endpoints(newer).endpointsConfig).toEqual({
      p_x: { Aliases: aliases, MacAddress: mac },
      p_y: { Aliases: aliases },
    });
  });

  test('on the default bridge there is an endpoint for nothing else', () => {
    const more = { network_mode: 'bridge', mac_address: mac };
    expect(endpoints(attached({}, '1.44', more)).endpointsConfig).toEqual({ bridge: { MacAddress: mac } });
    expect(endpoints(attached({}, '1.43', more))).toEqual({ connectLater: [] });
    expect(endpoints(attached({}, '1.44', { ...more, network_mode: 'host' }))).toEqual({ connectLater: [] });
  });
});
