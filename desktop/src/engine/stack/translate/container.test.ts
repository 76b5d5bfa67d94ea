import { describe, expect, test } from 'vitest';
import type { ServiceModel } from '#engine/compose/index.ts';
import { container, image, model, service } from '#testing/stack-fixture.ts';
import { containerSpec } from './container.ts';

function spec(of: ServiceModel, apiVersion = '1.45', replaces = false) {
  const old = container(of, 1, { mounts: [{ type: 'volume', source: '/v/anon', target: '/anon', name: 'anon123' }] });
  return containerSpec({
    model: model([of]),
    service: of,
    finalName: `p-${of.name}-1`,
    createName: `p-${of.name}-1`,
    labels: {},
    image: image('a:1'),
    containerOf: () => 'id-of-parent',
    apiVersion,
    ...(replaces ? { replaces: old } : {}),
  });
}

describe('translation to a create call', () => {
  test('durations become nanoseconds, grace periods whole seconds', () => {
    const { spec: body } = spec(
      service('a', {
        healthcheck: { test: ['CMD', 'x'], interval: '1m30s', start_interval: '500ms' },
        stop_grace_period: '1m30s',
      }),
    );
    expect(body.config['Healthcheck']).toMatchObject({ Interval: 90e9, StartInterval: 5e8 });
    expect(body.config['StopTimeout']).toBe(90);
  });

  test('limits of the deploy section win, cpus in 32-bit floats', () => {
    const { spec: body } = spec(
      service('a', { mem_limit: '1', deploy: { resources: { limits: { memory: '52428800', cpus: 0.1 } } } }),
    );
    expect(body.config['HostConfig']).toMatchObject({
      Memory: 52_428_800,
      NanoCpus: Math.trunc(Math.fround(Math.fround(0.1) * 1e9)),
    });
  });

  test('engines before API 1.44 take the primary network only, the others are connected later', () => {
    const networks = { default: null };
    const all = spec(service('a', { networks }), '1.44');
    expect(all.connectLater).toEqual([]);
    const two = model([]);
    const many = containerSpec({
      model: {
        ...two,
        networks: new Map([
          ['x', { name: 'p_x' }],
          ['y', { name: 'p_y' }],
        ]),
      },
      service: service('a', { networks: { x: null, y: { priority: 5, aliases: ['w'] } } }),
      finalName: 'p-a-1',
      createName: 'p-a-1',
      labels: {},
      containerOf: () => '',
      apiVersion: '1.43',
    });
    expect(many.spec.config['NetworkingConfig']).toEqual({
      EndpointsConfig: { p_y: { Aliases: ['p-a-1', 'a', 'w'] } },
    });
    expect(many.connectLater.map(({ network }) => network)).toEqual(['p_x']);
    expect(many.spec.config['HostConfig']).toMatchObject({ NetworkMode: 'p_y' });
  });

  test('anonymous volumes of the replaced container are taken over', () => {
    const { spec: body } = spec(
      service('a', { volumes: [{ type: 'volume', target: '/anon', volume: {} }] }),
      '1.45',
      true,
    );
    expect(body.config['HostConfig']).toMatchObject({
      Mounts: [{ Type: 'volume', Source: 'anon123', Target: '/anon' }],
    });
  });

  test('binds create missing host paths unless the file forbids it', () => {
    const { spec: plain } = spec(
      service('a', {
        volumes: [{ type: 'bind', source: '/x', target: '/y', read_only: true, bind: { create_host_path: true } }],
      }),
    );
    expect(plain.config['HostConfig']).toMatchObject({ Binds: ['/x:/y:ro'] });
    const { spec: strict } = spec(
      service('a', { volumes: [{ type: 'bind', source: '/x', target: '/y', bind: { create_host_path: false } }] }),
    );
    expect(strict.config['HostConfig']).toMatchObject({
      Mounts: [{ Type: 'bind', BindOptions: { CreateMountpoint: false } }],
    });
  });

  test('a value-less variable is sent without "=", which takes it out of the image', () => {
    const { spec: body } = spec(service('a', { environment: { A: '1', B: null } }));
    expect(body.config['Env']).toEqual(['A=1', 'B']);
  });

  test('a namespace shared with a service names its container', () => {
    const { spec: body } = spec(service('a', { networks: {}, network_mode: 'service:b' }));
    expect(body.config['HostConfig']).toMatchObject({ NetworkMode: 'container:id-of-parent' });
  });

  test('a key that would be lost is refused by name', () => {
    expect(() => spec(service('a', { links: ['b'] }))).toThrow('services.a.links is not supported yet');
  });
});
