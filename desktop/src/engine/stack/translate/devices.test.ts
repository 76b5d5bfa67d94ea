import { expect, test } from 'vitest';
import { service } from '#testing/stack-fixture.ts';
import { deviceRequests, devices } from './devices.ts';

const device = (source: string, target = source) => ({ source, target, permissions: 'rwm' });

test('paths are devices, names of the Container Device Interface are requests', () => {
  const made = service('a', {
    devices: [device('/dev/a', '/dev/b'), device('vendor.com/gpu=0'), device('vendor.com/gpu=all')],
  });
  expect(devices(made)).toEqual([{ PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'rwm' }]);
  expect(deviceRequests(made)).toEqual([{ Driver: 'cdi', DeviceIDs: ['vendor.com/gpu=0', 'vendor.com/gpu=all'] }]);
});

test('reservations come first, then CDI names, then GPUs, each GPU with the capability of its own', () => {
  const made = service('a', {
    devices: [device('vendor.com/x=y')],
    gpus: [{ count: -1 }, { driver: 'nvidia', device_ids: ['1'], capabilities: ['compute'] }],
    deploy: { resources: { reservations: { devices: [{ capabilities: ['tpu'], count: 2, options: { a: 'b' } }] } } },
  });
  expect(deviceRequests(made)).toEqual([
    { Count: 2, Capabilities: [['tpu']], Options: { a: 'b' } },
    { Driver: 'cdi', DeviceIDs: ['vendor.com/x=y'] },
    { Count: -1, Capabilities: [['gpu']] },
    { Driver: 'nvidia', DeviceIDs: ['1'], Capabilities: [['compute', 'gpu']] },
  ]);
});

test('nothing is asked for where nothing is named', () => {
  expect([devices(service('a')), deviceRequests(service('a'))]).toEqual([undefined, undefined]);
});
