import { isHarmlessCapability, type ProjectHome, power, volumePaths, weakens } from '#engine/compose/index.ts';
import { record, recordList, textList } from '../translate/values.ts';

type Body = Readonly<Record<string, unknown>>;

/** What the body of a container create call lets the container do beyond others, read from the body alone. */
export function containerPowers(config: Body, home: ProjectHome): string[] {
  const host = record(config['HostConfig']);
  const list = (key: string): readonly string[] => textList(host[key]) ?? [];
  return [
    ...(host['Privileged'] === true ? [power.privileged] : []),
    ...list('CapAdd')
      .filter((name) => !isHarmlessCapability(name))
      .map(power.capability),
    ...Object.entries(namespaces).flatMap(([key, name]) => (host[key] === 'host' ? [power.host(name)] : [])),
    ...endpointNetworks(config),
    ...recordList(host['Devices']).map((device) => power.device(String(device['PathOnHost']))),
    ...(recordList(host['DeviceRequests']).length > 0 ? [power.deviceRequest] : []),
    ...list('DeviceCgroupRules').map(power.deviceRule),
    ...list('SecurityOpt').flatMap(securityPower),
    ...(Array.isArray(host['MaskedPaths']) || Array.isArray(host['ReadonlyPaths'])
      ? [power.security('systempaths=unconfined')]
      : []),
    ...word(host['Runtime'], power.runtime),
    ...word(host['CgroupParent'], power.cgroupParent),
    ...(list('VolumesFrom').length > 0 ? [power.volumesFrom] : []),
    ...Object.keys(record(host['Sysctls'])).map(power.sysctl),
    ...list('Binds').flatMap((bind) => bindPower(bind, home)),
    ...recordList(host['Mounts']).flatMap((mount) => mountPower(mount, home)),
  ];
}

/** What the body of a volume create call makes of paths of the machine. */
export function volumePowers(body: Body, home: ProjectHome): string[] {
  return volumePaths(body['Driver'], record(body['DriverOpts'])).flatMap((path) => pathPower(path, home));
}

const namespaces = {
  NetworkMode: 'network',
  PidMode: 'pid',
  IpcMode: 'ipc',
  UTSMode: 'uts',
  UsernsMode: 'userns',
  CgroupnsMode: 'cgroup',
};

const word = (value: unknown, of: (name: string) => string): string[] =>
  typeof value === 'string' && value !== '' ? [of(value)] : [];

function endpointNetworks(config: Body): string[] {
  const endpoints = record(record(config['NetworkingConfig'])['EndpointsConfig']);
  return 'host' in endpoints ? [power.host('network')] : [];
}

/** A seccomp profile is handed over as its content; in the files it has a path. */
function securityPower(option: string): string[] {
  if (weakens(option) === undefined) return [];
  return [option.startsWith('seccomp={') ? power.security('seccomp={}') : power.security(option)];
}

function pathPower(path: unknown, home: ProjectHome): string[] {
  const found = home.outside(path);
  return found === undefined ? [] : [power.path(found.target)];
}

/** `SOURCE:TARGET[:MODE]`; a source that is no path is the name of a volume. */
function bindPower(bind: string, home: ProjectHome): string[] {
  const [, source] = /^([A-Za-z]:[\\/][^:]*|[^:]*):/.exec(bind) ?? [];
  return pathPower(source, home);
}

function mountPower(mount: Body, home: ProjectHome): string[] {
  const type = String(mount['Type']);
  if (type === 'bind') return pathPower(mount['Source'], home);
  if (type === 'npipe' || type === 'cluster') return [power.mount(type)];
  const { Name: driver, Options: options } = record(record(mount['VolumeOptions'])['DriverConfig']);
  return volumePaths(driver, record(options)).flatMap((path) => pathPower(path, home));
}
