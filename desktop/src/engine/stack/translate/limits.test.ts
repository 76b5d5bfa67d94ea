import { describe, expect, test } from 'vitest';
import type { ServiceModel } from '#engine/compose/index.ts';
import { project } from '#testing/translation-fixture.ts';
import { checkNetwork, checkTranslation } from './limits.ts';

function check(of: Partial<ServiceModel>, apiVersion: string): string[] {
  const { service, model } = project(of);
  return checkTranslation(service, model, apiVersion);
}

const twoNetworks = (options: object): Partial<ServiceModel> => ({ networks: { a: null, b: options } });
const mount = (more: object): Partial<ServiceModel> => ({
  volumes: [{ type: 'bind', source: '/x', target: '/y', ...more }],
});

describe('what an engine cannot do', () => {
  test.each<[string, Partial<ServiceModel>, before: string, from: string]>([
    ['subpath', mount({ type: 'volume', volume: { subpath: 's' } }), '1.44', '1.45'],
    ['type image', mount({ type: 'image' }), '1.47', '1.48'],
    ['recursive: readonly', mount({ bind: { recursive: 'readonly' } }), '1.43', '1.44'],
    ['networks.b.mac_address', twoNetworks({ mac_address: '02:42:ac:11:65:43' }), '1.43', '1.44'],
    ['networks.b.interface_name', twoNetworks({ interface_name: 'eth9' }), '1.48', '1.49'],
  ])('%s is refused by name before anything is touched', (named, of, before, from) => {
    expect(() => check(of, before)).toThrow(
      expect.objectContaining({
        code: 'COMPOSE_UNSUPPORTED',
        message: expect.stringMatching(`${named}.*API ${from}\\).*speaks API ${before}`) as string,
      }),
    );
    expect(check(of, from)).toEqual([]);
  });

  test.each<[string, Partial<ServiceModel>, before: string, from: string]>([
    ['annotations', { annotations: { a: 'b' } }, '1.42', '1.43'],
    [
      'healthcheck.start_interval',
      { healthcheck: { test: ['CMD', 'x'], start_period: '1s', start_interval: '1s' } },
      '1.43',
      '1.44',
    ],
    ['networks.b.gw_priority', twoNetworks({ gw_priority: 1 }), '1.47', '1.48'],
  ])('%s is left out, which is told', (named, of, before, from) => {
    expect(check(of, before)).toEqual([
      expect.stringMatching(`^services\\.a\\.${named} is left out: .*API ${from}\\).*API ${before}`),
    ]);
    expect(check(of, from)).toEqual([]);
  });

  test('a network without IPv4 needs API 1.48', () => {
    const network = { name: 'p_n', enable_ipv4: false };
    expect(() => {
      checkNetwork('n', network, '1.47');
    }).toThrow(/networks\.n\.enable_ipv4: false needs .*API 1\.48/);
    checkNetwork('n', network, '1.48');
    checkNetwork('n', { ...network, enable_ipv4: true }, '1.41');
  });
});

describe('what has no effect is told', () => {
  test.each<[Partial<ServiceModel>, RegExp]>([
    [
      { healthcheck: { test: ['CMD', 'x'], start_interval: '1s' } },
      /start_interval has no effect without start_period/,
    ],
    [{ networks: {}, network_mode: 'host', mac_address: '02:42:ac:11:65:43' }, /mac_address has no effect/],
    [mount({ bind: { selinux: 'z', create_host_path: false } }), /selinux has no effect/],
  ])('%o', (of, text) => {
    expect(check(of, '1.51')).toEqual([expect.stringMatching(text)]);
  });
});

test('two different MAC addresses for one endpoint contradict each other', () => {
  const of = { mac_address: '02:42:ac:11:65:43', networks: { a: { mac_address: '02:42:ac:11:65:44' } } };
  expect(() => check(of, '1.45')).toThrow(/one mac_address of its own and another on its first network a/);
});

test('a key that would be lost is refused by name, keys of one’s own are not', () => {
  expect(() => check({ pre_start: [{ command: ['x'] }] }, '1.51')).toThrow('services.a.pre_start is not supported yet');
  expect(check({ 'x-mine': 1 }, '1.51')).toEqual([]);
});
