import { list, object, sorted, type Tree, without } from './tree.ts';

const anonymous = /^[0-9a-f]{64}$/;

/** Bind strings and mount objects say the same in two ways: one list of what a container mounts. */
export function normalMounts(binds: unknown, mounts: unknown): unknown[] {
  return sorted([
    ...list(binds).map((bind) => ofBind(String(bind))),
    ...list(mounts).map((mount) => ofMount(object(mount))),
  ]);
}

function ofBind(text: string): Tree {
  const [Source = '', Target = '', mode = ''] = text.split(':');
  const words = mode.split(',');
  const Type = Source.startsWith('/') ? 'bind' : 'volume';
  const has = (pattern: RegExp): string => words.find((word) => pattern.test(word)) ?? '';
  return {
    Type,
    Source,
    Target,
    ReadOnly: words.includes('ro'),
    ...(Type === 'bind' ? { Propagation: has(/^r?(shared|slave|private)$/), CreateMountpoint: true } : {}),
    SELinux: has(/^z$/i),
  };
}

function ofMount(mount: Tree): Tree {
  const { Type, Source = '', Target, ReadOnly = false } = mount;
  const bind = object(mount['BindOptions']);
  const { Propagation = '', CreateMountpoint = false } = bind;
  return {
    Type,
    Source,
    Target,
    ReadOnly,
    ...(Type === 'bind' ? { ...bind, Propagation, CreateMountpoint } : { SELinux: '' }),
    ...(Type === 'bind' ? { SELinux: '' } : {}),
    ...without(object(mount['VolumeOptions'])),
    ...without(object(mount['TmpfsOptions'])),
    ...without(object(mount['ImageOptions'])),
  };
}

/** What the engine made of the mounts; how they were written shows in Mode only. */
export function normalMountPoints(mounts: unknown): unknown[] {
  return sorted(
    list(mounts)
      .map(object)
      .map((mount) => {
        const isAnonymous = anonymous.test(String(mount['Name']));
        return { ...without(mount, 'Mode'), ...(isAnonymous ? { Name: '<anonymous>', Source: '' } : {}) };
      }),
  );
}
