import { describe, expect, test } from 'vitest';
import type { ServiceModel } from '#engine/compose/index.ts';
import { service } from '#testing/stack-fixture.ts';
import { translation } from '#testing/translation-fixture.ts';
import { containerSpec, type Translation } from './container.ts';

const configOf = (of: Partial<ServiceModel>, more: Partial<Translation> = {}): Record<string, unknown> => ({
  ...containerSpec(translation(service('a', of), more)).spec.config,
});
const hostConfigOf = (of: Partial<ServiceModel>, more: Partial<Translation> = {}): unknown =>
  configOf(of, more)['HostConfig'];

describe('Config of a create call', () => {
  test('durations become nanoseconds, grace periods whole seconds, cut off', () => {
    const config = configOf({
      healthcheck: { test: ['CMD', 'x'], interval: '1m30s', start_period: '1s', start_interval: '500ms' },
      stop_grace_period: '1m30.9s',
    });
    expect(config['Healthcheck']).toMatchObject({ Interval: 90e9, StartPeriod: 1e9, StartInterval: 5e8 });
    expect(config['StopTimeout']).toBe(90);
    expect(configOf({ stop_grace_period: '500ms' })['StopTimeout']).toBe(0);
  });

  test('engines before API 1.44 are not asked for what they would drop without a word', () => {
    const healthcheck = { test: ['CMD', 'x'], start_period: '1s', start_interval: '500ms' };
    expect(configOf({ healthcheck }, { apiVersion: '1.43' })['Healthcheck']).not.toHaveProperty('StartInterval');
    expect(hostConfigOf({ annotations: { a: 'b' } }, { apiVersion: '1.42' })).not.toHaveProperty('Annotations');
    expect(hostConfigOf({ annotations: { a: 'b' } }, { apiVersion: '1.43' })).toHaveProperty('Annotations');
  });

  test('a value-less variable is sent without "=", which takes it out of the image', () => {
    expect(configOf({ environment: { A: '1', B: null } })['Env']).toEqual(['A=1', 'B']);
  });

  test('proxies of the Docker configuration are in the environment, under what the service says', () => {
    const proxies = { HTTP_PROXY: 'http://proxy', http_proxy: 'http://proxy' };
    expect(configOf({ environment: { HTTP_PROXY: 'mine' } }, { proxies })['Env']).toEqual([
      'HTTP_PROXY=mine',
      'http_proxy=http://proxy',
    ]);
  });

  test('an empty command is sent, an absent one is not', () => {
    expect(configOf({ command: [], entrypoint: null })).toMatchObject({ Cmd: [] });
    expect(configOf({ command: null })).not.toHaveProperty('Cmd');
  });

  test('a switched-off health check says so', () => {
    expect(configOf({ healthcheck: { disable: true } })['Healthcheck']).toEqual({ Test: ['NONE'] });
  });

  test('the platform is the one of the service, else DOCKER_DEFAULT_PLATFORM', () => {
    const platform = (of: Partial<ServiceModel>): string | undefined => {
      const made = translation(service('a', of));
      const environment = new Map([['DOCKER_DEFAULT_PLATFORM', 'linux/arm64']]);
      return containerSpec({ ...made, model: { ...made.model, environment } }).spec.platform;
    };
    expect(platform({})).toBe('linux/arm64');
    expect(platform({ platform: 'linux/amd64' })).toBe('linux/amd64');
  });
});

describe('HostConfig of a create call', () => {
  test('namespaces and volumes that are shared with a service name its container', () => {
    const shared = { networks: {}, network_mode: 'service:b', ipc: 'service:c', pid: 'host' };
    expect(hostConfigOf({ ...shared, volumes_from: ['b', 'c:ro', 'container:x', 'container:y:ro'] })).toMatchObject({
      NetworkMode: 'container:id-of-b',
      IpcMode: 'container:id-of-c',
      PidMode: 'host',
      VolumesFrom: ['id-of-b', 'id-of-c:ro', 'x', 'y:ro'],
    });
  });

  test.each([
    ['no', { Name: 'no' }],
    ['always', { Name: 'always' }],
    ['on-failure:3', { Name: 'on-failure', MaximumRetryCount: 3 }],
  ])('restart: %s', (restart, policy) => {
    expect(hostConfigOf({ restart })).toMatchObject({ RestartPolicy: policy });
  });

  test.each([
    [{ condition: 'none' }, { Name: 'no' }],
    [{ condition: 'any' }, { Name: 'always' }],
    [
      { condition: 'on-failure', max_attempts: 2 },
      { Name: 'on-failure', MaximumRetryCount: 2 },
    ],
    [{ delay: '5s' }, { Name: '' }],
  ])('restart policy of the deploy section: %o', (declared, policy) => {
    expect(hostConfigOf({ restart: 'always', deploy: { restart_policy: declared } })).toMatchObject({
      RestartPolicy: policy,
    });
  });

  test('limits of the deploy section win, cpus in 32-bit floats', () => {
    const deploy = { resources: { limits: { memory: '52428800', cpus: 0.1, pids: 5 }, reservations: { memory: '7' } } };
    expect(hostConfigOf({ mem_limit: '1', pids_limit: 3, mem_reservation: '2', deploy })).toMatchObject({
      Memory: 52_428_800,
      MemoryReservation: 7,
      PidsLimit: 5,
      NanoCpus: Math.trunc(Math.fround(Math.fround(0.1) * 1e9)),
    });
    expect(hostConfigOf({ pids_limit: 3, deploy: { resources: { limits: { pids: 0 } } } })).toMatchObject({
      PidsLimit: 3,
    });
  });

  test('numbers that the model holds as text are sent as numbers', () => {
    const host = hostConfigOf({ mem_swappiness: '60', cpu_rt_period: '1000', cpu_rt_runtime: 950, shm_size: '64' });
    expect(host).toMatchObject({ MemorySwappiness: 60, CpuRealtimePeriod: 1000, CpuRealtimeRuntime: 950, ShmSize: 64 });
  });

  test('block I/O limits, whose inner keys the model writes with a capital', () => {
    const blkio = {
      weight: 300,
      weight_device: [{ Path: '/d', Weight: 400 }],
      device_write_iops: [{ Path: '/d', Rate: '30' }],
    };
    expect(hostConfigOf({ blkio_config: blkio })).toMatchObject({
      BlkioWeight: 300,
      BlkioWeightDevice: [{ Path: '/d', Weight: 400 }],
      BlkioDeviceWriteIOps: [{ Path: '/d', Rate: 30 }],
    });
    expect(hostConfigOf({ blkio_config: blkio })).not.toHaveProperty('BlkioDeviceReadBps');
  });

  test('host addresses keep their colons, tmpfs options everything behind the first one', () => {
    expect(hostConfigOf({ extra_hosts: ['a=1.2.3.4', 'b=::1'], tmpfs: ['/t', '/u:size=1m,mode=1:2'] })).toMatchObject({
      ExtraHosts: ['a:1.2.3.4', 'b:::1'],
      Tmpfs: { '/t': '', '/u': 'size=1m,mode=1:2' },
    });
  });
});
