import { QuaysideError } from '#contract/index.ts';
import type { Model, MountModel, ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail, ImageDetail } from '#engine/docker/index.ts';
import { defined } from './values.ts';

interface Mounts {
  readonly binds: string[];
  readonly mounts: Record<string, unknown>[];
}

/** Legacy bind strings where they do (the engine then creates missing host paths), mount objects for the rest. */
export function mountsOf(
  service: ServiceModel,
  model: Model,
  image: ImageDetail | undefined,
  replaces: ContainerDetail | undefined,
): Mounts {
  const result: Mounts = { binds: [], mounts: [] };
  const taken = inheritedVolumes(service, image, replaces);
  for (const mount of service.volumes ?? []) addMount(result, mount, service, model, taken);
  for (const [target, name] of taken) {
    if (service.volumes?.some((mount) => mount.target === target)) continue;
    result.mounts.push({ Type: 'volume', Source: name, Target: target, VolumeOptions: {} });
  }
  return result;
}

function addMount(
  result: Mounts,
  mount: MountModel,
  service: ServiceModel,
  model: Model,
  taken: ReadonlyMap<string, string>,
): void {
  switch (mount.type) {
    case 'bind':
      addBind(result, mount);
      return;
    case 'volume':
      addVolume(result, mount, model, taken);
      return;
    case 'tmpfs':
      result.mounts.push({
        Type: 'tmpfs',
        Target: mount.target,
        ...(mount.read_only === true ? { ReadOnly: true } : {}),
        TmpfsOptions: defined({
          SizeBytes: mount.tmpfs?.size === undefined ? undefined : Number(mount.tmpfs.size),
          Mode: mount.tmpfs?.mode,
        }),
      });
      return;
    default:
      throw new QuaysideError(
        'COMPOSE_UNSUPPORTED',
        `services.${service.name}.volumes of type ${mount.type} are not supported yet.`,
        {
          remedy: 'Use a bind, volume or tmpfs mount.',
        },
      );
  }
}

function addBind(result: Mounts, mount: MountModel): void {
  const source = mount.source ?? '';
  const options = mount.bind;
  const plain = options === undefined || (options.create_host_path !== false && options.recursive === undefined);
  if (plain) {
    result.binds.push([source, mount.target, modes(mount)].join(':'));
    return;
  }
  result.mounts.push({
    Type: 'bind',
    Source: source,
    Target: mount.target,
    ReadOnly: mount.read_only === true,
    BindOptions: defined({ Propagation: options.propagation, CreateMountpoint: options.create_host_path }),
  });
}

function addVolume(result: Mounts, mount: MountModel, model: Model, taken: ReadonlyMap<string, string>): void {
  const volume = mount.source === undefined ? undefined : (model.volumes.get(mount.source)?.name ?? mount.source);
  const simple =
    mount.volume?.nocopy === undefined && mount.volume?.subpath === undefined && mount.volume?.labels === undefined;
  if (volume !== undefined && simple) {
    result.binds.push([volume, mount.target, modes(mount)].join(':'));
    return;
  }
  result.mounts.push(
    defined({
      Type: 'volume',
      Source: volume ?? taken.get(mount.target),
      Target: mount.target,
      ReadOnly: mount.read_only === true ? true : undefined,
      VolumeOptions: defined({
        NoCopy: mount.volume?.nocopy,
        Subpath: mount.volume?.subpath,
        Labels: mount.volume?.labels,
      }),
    }),
  );
}

function modes(mount: MountModel): string {
  const words = [mount.read_only === true ? 'ro' : 'rw', mount.bind?.selinux, mount.bind?.propagation];
  return words.filter((word) => word !== undefined && word !== '').join(',');
}

/** Anonymous volumes of the container that is replaced, by target: their data moves to the new one. */
function inheritedVolumes(
  service: ServiceModel,
  image: ImageDetail | undefined,
  replaces: ContainerDetail | undefined,
): Map<string, string> {
  const inherited = new Map<string, string>();
  for (const mount of replaces?.mounts ?? []) {
    if (mount.type !== 'volume' || mount.name === undefined) continue;
    const own = service.volumes?.find((candidate) => candidate.target === mount.target);
    const anonymous = own?.type === 'volume' && own.source === undefined;
    if (anonymous || (!own && image?.volumes.includes(mount.target) === true)) inherited.set(mount.target, mount.name);
  }
  return inherited;
}
