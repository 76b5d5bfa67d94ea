import type { ServiceModel } from '#engine/compose/index.ts';
import { atLeast } from '#engine/docker/index.ts';
import type { Translation } from './container.ts';
import { links } from './links.ts';
import { mountsOf } from './mounts.ts';
import { networkMode } from './networks.ts';
import { portBindings } from './ports.ts';
import { resources } from './resources.ts';
import { security } from './security.ts';
import { defined, number, record, textList } from './values.ts';

/** HostConfig of a create call. */
export function hostConfig(input: Translation): Record<string, unknown> {
  const { service, model, apiVersion } = input;
  const { binds, mounts } = mountsOf(input);
  return defined({
    ...resources(service),
    ...security(service, model.directory, input.seccomp),
    ...namespaces(input),
    Binds: binds.length === 0 ? undefined : binds,
    Mounts: mounts.length === 0 ? undefined : mounts,
    Tmpfs: tmpfs(service['tmpfs']),
    VolumesFrom: volumesFrom(input),
    NetworkMode: networkMode(input),
    PortBindings: portBindings(service),
    Links: links(input),
    RestartPolicy: restartPolicy(service),
    CapAdd: service['cap_add'],
    CapDrop: service['cap_drop'],
    GroupAdd: service['group_add'],
    Init: service['init'],
    ReadonlyRootfs: service['read_only'],
    Privileged: service['privileged'],
    Isolation: service['isolation'],
    Runtime: service['runtime'],
    ShmSize: number(service['shm_size']),
    Sysctls: service['sysctls'],
    StorageOpt: service['storage_opt'],
    Dns: service['dns'],
    DnsSearch: service['dns_search'],
    DnsOptions: service['dns_opt'],
    ExtraHosts: extraHosts(service['extra_hosts']),
    LogConfig: logging(service['logging']),
    OomScoreAdj: service['oom_score_adj'],
    Annotations: atLeast(apiVersion, '1.43') ? service['annotations'] : undefined,
  });
}

function namespaces(input: Translation): Record<string, unknown> {
  const { service } = input;
  return {
    IpcMode: namespace(input, 'ipc'),
    PidMode: namespace(input, 'pid'),
    UTSMode: service['uts'],
    UsernsMode: service['userns_mode'],
    CgroupnsMode: service['cgroup'],
  };
}

function namespace({ service, containerOf }: Translation, key: 'ipc' | 'pid'): unknown {
  const mode = service[key];
  const isService = typeof mode === 'string' && mode.startsWith('service:');
  return isService ? `container:${containerOf(mode.slice('service:'.length))}` : mode;
}

/** `SERVICE[:ro]` and `container:NAME[:ro]`; the CLI forgets the mode, which would make data writable that should not be. */
function volumesFrom({ service, containerOf }: Translation): string[] | undefined {
  return textList(service['volumes_from'])?.map((entry) => {
    const [first = '', ...rest] = entry.split(':');
    const [name = '', ...mode] = first === 'container' ? rest : [containerOf(first), ...rest];
    return [name, ...mode].join(':');
  });
}

/** `on-failure:3`, or the deploy section's policy, which wins. */
function restartPolicy(service: ServiceModel): { Name: string; MaximumRetryCount?: number } | undefined {
  const declared = record(service.deploy)['restart_policy'];
  if (declared !== undefined) {
    const { condition, max_attempts: attempts } = record(declared);
    return policy(typeof condition === 'string' ? condition : '', attempts);
  }
  const [name = '', count] = service.restart?.split(':') ?? [];
  return name === '' ? undefined : policy(name, count);
}

const conditions: Readonly<Record<string, string>> = { none: 'no', any: 'always' };

function policy(name: string, count: unknown): { Name: string; MaximumRetryCount?: number } {
  const attempts = number(count);
  return { Name: conditions[name] ?? name, ...(attempts === undefined ? {} : { MaximumRetryCount: attempts }) };
}

function tmpfs(value: unknown): Record<string, string> | undefined {
  const entries = textList(value)?.map((text): [string, string] => {
    const colon = text.indexOf(':');
    return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  });
  return entries && Object.fromEntries(entries);
}

/** The files write `host=ip`, the engine wants `host:ip`. */
function extraHosts(value: unknown): string[] | undefined {
  return textList(value)?.map((entry) => entry.replace('=', ':'));
}

function logging(value: unknown): { Type: string; Config: unknown } | undefined {
  if (value === undefined) return undefined;
  const { driver, options } = record(value);
  return { Type: typeof driver === 'string' ? driver : '', Config: options ?? {} };
}
