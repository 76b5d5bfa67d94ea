import { describe, expect, test } from 'vitest';
import type { MountModel, ServiceModel } from '#engine/compose/index.ts';
import type { ContainerMount } from '#engine/docker/index.ts';
import { container, image, model, service } from '#testing/stack-fixture.ts';
import { mountsOf } from './mounts.ts';

const volumes = new Map([['v', { name: 'p_v' }]]);

function of(
  mounts: readonly MountModel[],
  more: { apiVersion?: string; old?: ContainerMount[]; declared?: string[] } = {},
) {
  const made: ServiceModel = service('a', { volumes: mounts });
  return mountsOf({
    service: made,
    model: model([made], volumes),
    image: { ...image('a:1'), volumes: more.declared ?? [] },
    apiVersion: more.apiVersion ?? '1.45',
    ...(more.old === undefined ? {} : { replaces: container(made, 1, { mounts: more.old }) }),
  });
}

const bind = (options?: MountModel['bind'], more: Partial<MountModel> = {}): MountModel => ({
  type: 'bind',
  source: '/x',
  target: '/y',
  ...(options === undefined ? {} : { bind: options }),
  ...more,
});

describe('bind mounts', () => {
  test.each<[MountModel, string]>([
    [bind(), '/x:/y:rw'],
    [bind({ create_host_path: true }, { read_only: true }), '/x:/y:ro'],
    [bind({ selinux: 'z', propagation: 'rshared' }), '/x:/y:rw,z,rshared'],
    [bind({ recursive: 'enabled' }), '/x:/y:rw'],
  ])('%o is a bind string, so that the engine makes a missing path', (mount, text) => {
    expect(of([mount])).toEqual({ binds: [text], mounts: [] });
  });

  test.each<[MountModel['bind'], string, object]>([
    [{ create_host_path: false }, '1.45', { CreateMountpoint: false }],
    [{ create_host_path: false, propagation: 'rslave' }, '1.41', { Propagation: 'rslave' }],
    [{ recursive: 'disabled' }, '1.42', { CreateMountpoint: true, NonRecursive: true }],
    [{ recursive: 'writable' }, '1.44', { CreateMountpoint: true, ReadOnlyNonRecursive: true }],
    [{ recursive: 'writable' }, '1.43', { CreateMountpoint: true }],
    [{ recursive: 'readonly' }, '1.44', { CreateMountpoint: true, ReadOnlyForceRecursive: true }],
  ])('%o on API %s needs a mount object', (options, apiVersion, expected) => {
    expect(of([bind(options)], { apiVersion })).toEqual({
      binds: [],
      mounts: [{ Type: 'bind', Source: '/x', Target: '/y', BindOptions: expected }],
    });
  });
});

describe('volumes and the rest', () => {
  test.each<[MountModel, string]>([
    [{ type: 'volume', source: 'v', target: '/y', volume: {} }, 'p_v:/y:rw'],
    [{ type: 'volume', source: 'v', target: '/y', read_only: true, bind: { selinux: 'Z' } }, 'p_v:/y:ro,Z'],
  ])('%o is a bind string with the volume’s own name', (mount, text) => {
    expect(of([mount]).binds).toEqual([text]);
  });

  test.each<[MountModel, object]>([
    [
      { type: 'volume', source: 'v', target: '/y', volume: { nocopy: true, subpath: 's', labels: { a: 'b' } } },
      {
        Type: 'volume',
        Source: 'p_v',
        Target: '/y',
        VolumeOptions: { NoCopy: true, Subpath: 's', Labels: { a: 'b' } },
      },
    ],
    [
      { type: 'volume', target: '/anon', volume: {} },
      { Type: 'volume', Target: '/anon', VolumeOptions: {} },
    ],
    [
      { type: 'tmpfs', target: '/t', tmpfs: { size: '10485760', mode: 504 } },
      { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 10_485_760, Mode: 504 } },
    ],
    [
      { type: 'tmpfs', target: '/t' },
      { Type: 'tmpfs', Target: '/t' },
    ],
    [
      { type: 'image', source: 'web:1', target: '/i', read_only: true, image: { subpath: 'html' } },
      { Type: 'image', Source: 'web:1', Target: '/i', ReadOnly: true, ImageOptions: { Subpath: 'html' } },
    ],
    [
      { type: 'npipe', source: '\\\\.\\pipe\\x', target: '\\\\.\\pipe\\x' },
      { Type: 'npipe', Source: '\\\\.\\pipe\\x', Target: '\\\\.\\pipe\\x' },
    ],
  ])('%o is a mount object', (mount, expected) => {
    expect(of([mount])).toEqual({ binds: [], mounts: [expected] });
  });
});

describe('volumes of the container that is replaced', () => {
  const anon = { type: 'volume', source: 'anon123', name: 'anon123' };

  test('an anonymous volume moves to the new container, as writable as it was', () => {
    const old = [{ ...anon, target: '/anon', readOnly: true }];
    expect(of([{ type: 'volume', target: '/anon' }], { old }).mounts).toEqual([
      { Type: 'volume', Source: 'anon123', Target: '/anon', ReadOnly: true, VolumeOptions: {} },
    ]);
  });

  test('so does one that the image declares, unless the service mounts something there', () => {
    const options = { old: [{ ...anon, target: '/data' }], declared: ['/data'] };
    expect(of([], options).mounts).toMatchObject([{ Source: 'anon123', Target: '/data' }]);
    expect(of([bind(undefined, { target: '/data' })], options)).toEqual({ binds: ['/x:/data:rw'], mounts: [] });
  });

  test('a volume that neither asks for is left behind', () => {
    expect(of([], { old: [{ ...anon, target: '/gone' }] })).toEqual({ binds: [], mounts: [] });
  });
});
