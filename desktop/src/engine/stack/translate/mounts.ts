import type { Model, MountModel, ServiceModel } from '#engine/compose/index.ts';
import { atLeast, type ContainerDetail, type ContainerMount, type ImageDetail } from '#engine/docker/index.ts';
import { fileMounts } from './files.ts';
import { inheritedVolumes } from './inherit.ts';
import { defined, definedOrNothing, number } from './values.ts';

interface Mounts {
  readonly binds: string[];
  readonly mounts: Record<string, unknown>[];
}

/** What decides how the mounts of a service are written. */
export interface MountSurroundings {
  readonly service: ServiceModel;
  readonly model: Model;
  readonly image?: ImageDetail;
  readonly replaces?: ContainerDetail;
  readonly apiVersion: string;
}

/** Legacy bind strings where they do (the engine then creates missing host paths), mount objects for the rest. */
export function mountsOf({ service, model, image, replaces, apiVersion }: MountSurroundings): Mounts {
  const result: Mounts = { binds: [], mounts: [] };
  const taken = inheritedVolumes(service, image, replaces);
  const targets = new Set<string>();
  for (const mount of service.volumes ?? []) {
    targets.add(mount.target);
    const kept = mount.source === undefined ? taken.get(mount.target) : undefined;
    if (kept !== undefined) result.mounts.push(inheritedMount(mount.target, kept));
    else if (mount.type === 'bind') addBind(result, mount, apiVersion);
    else if (mount.type === 'volume') addVolume(result, mount, model);
    else result.mounts.push(otherMount(mount));
  }
  for (const [target, mount] of taken) if (!targets.has(target)) result.mounts.push(inheritedMount(target, mount));
  result.mounts.push(...fileMounts(service, model).filter(({ Target }) => !taken.has(String(Target))));
  return result;
}

function inheritedMount(target: string, { name, readOnly }: ContainerMount): Record<string, unknown> {
  return defined({ Type: 'volume', Source: name, Target: target, ReadOnly: readOnly, VolumeOptions: {} });
}

/** Only a mount object can say how far a mount reaches, and that a missing host path is an error. */
export function needsMountObject({ bind }: MountModel): boolean {
  return bind?.create_host_path === false || (bind?.recursive ?? 'enabled') !== 'enabled';
}

function addBind(result: Mounts, mount: MountModel, apiVersion: string): void {
  if (!needsMountObject(mount)) {
    result.binds.push([mount.source ?? '', mount.target, modes(mount)].join(':'));
    return;
  }
  const { propagation, recursive, create_host_path: create } = mount.bind ?? {};
  const knowsRecursive = atLeast(apiVersion, '1.44');
  result.mounts.push({
    ...common(mount),
    BindOptions: defined({
      Propagation: propagation,
      CreateMountpoint: atLeast(apiVersion, '1.42') ? create !== false : undefined,
      NonRecursive: recursive === 'disabled' ? true : undefined,
      ReadOnlyNonRecursive: knowsRecursive && recursive === 'writable' ? true : undefined,
      ReadOnlyForceRecursive: knowsRecursive && recursive === 'readonly' ? true : undefined,
    }),
  });
}

function addVolume(result: Mounts, mount: MountModel, model: Model): void {
  const name = mount.source === undefined ? undefined : (model.volumes.get(mount.source)?.name ?? mount.source);
  const { nocopy, subpath, labels } = mount.volume ?? {};
  if (name !== undefined && nocopy !== true && subpath === undefined && labels === undefined) {
    result.binds.push([name, mount.target, modes(mount)].join(':'));
    return;
  }
  result.mounts.push({
    ...common({ ...mount, source: name }),
    VolumeOptions: defined({ NoCopy: nocopy, Subpath: subpath, Labels: labels }),
  });
}

function otherMount(mount: MountModel): Record<string, unknown> {
  return defined({
    ...common(mount),
    TmpfsOptions: definedOrNothing({ SizeBytes: number(mount.tmpfs?.size), Mode: mount.tmpfs?.mode }),
    ImageOptions: mount.type === 'image' ? definedOrNothing({ Subpath: mount.image?.subpath }) : undefined,
  });
}

function common(mount: Omit<MountModel, 'source'> & { readonly source?: string | undefined }): Record<string, unknown> {
  return defined({
    Type: mount.type,
    Source: mount.source,
    Target: mount.target,
    ReadOnly: mount.read_only === true ? true : undefined,
    Consistency: mount.consistency,
  });
}

function modes(mount: MountModel): string {
  const words = [mount.read_only === true ? 'ro' : 'rw', mount.bind?.selinux, mount.bind?.propagation];
  return words.filter((word) => word !== undefined && word !== '').join(',');
}
