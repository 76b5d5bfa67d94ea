import { QuaysideError } from '#contract/index.ts';
import type { ServiceModel } from '#engine/compose/index.ts';
import type { Translation } from './container.ts';
import { mountsOf } from './mounts.ts';
import { networkMode } from './networks.ts';
import { portBindings } from './ports.ts';
import { resources } from './resources.ts';
import { bytes, defined, record } from './values.ts';

/** HostConfig of a create call. */
export function hostConfig(input: Translation): Record<string, unknown> {
  const { service, model } = input;
  const { binds, mounts } = mountsOf(service, model, input.image, input.replaces);
  return defined({
    ...resources(service),
    Binds: binds.length === 0 ? undefined : binds,
    Mounts: mounts.length === 0 ? undefined : mounts,
    Tmpfs: tmpfs(service['tmpfs']),
    NetworkMode: networkMode(input),
    PortBindings: portBindings(service),
    RestartPolicy: restartPolicy(service),
    CapAdd: service['cap_add'],
    CapDrop: service['cap_drop'],
    GroupAdd: service['group_add'],
    Init: service['init'],
    ReadonlyRootfs: service['read_only'],
    Privileged: service['privileged'],
    IpcMode: namespace(input, 'ipc'),
    PidMode: namespace(input, 'pid'),
    UTSMode: service['uts'],
    UsernsMode: service['userns_mode'],
    CgroupnsMode: service['cgroup'],
    Isolation: service['isolation'],
    Runtime: service['runtime'],
    ShmSize: bytes(service['shm_size']),
    Sysctls: service['sysctls'],
    StorageOpt: service['storage_opt'],
    Dns: service['dns'],
    DnsSearch: service['dns_search'],
    DnsOptions: service['dns_opt'],
    ExtraHosts: extraHosts(service['extra_hosts']),
    SecurityOpt: securityOptions(service),
    LogConfig: logging(service['logging']),
    OomScoreAdj: service['oom_score_adj'],
    Annotations: service['annotations'],
  });
}

function namespace({ service, containerOf }: Translation, key: 'ipc' | 'pid'): unknown {
  const mode = service[key];
  const isService = typeof mode === 'string' && mode.startsWith('service:');
  return isService ? `container:${containerOf(mode.slice('service:'.length))}` : mode;
}

/** `on-failure:3`, or the deploy section's policy, which wins. */
function restartPolicy(service: ServiceModel): { Name: string; MaximumRetryCount?: number } | undefined {
  const declared = record(service.deploy)['restart_policy'];
  if (declared !== undefined) {
    const { condition, max_attempts: attempts } = record(declared);
    const names: Record<string, string> = { none: 'no', any: 'always' };
    const word = typeof condition === 'string' ? condition : 'any';
    return { Name: names[word] ?? word, ...(typeof attempts === 'number' ? { MaximumRetryCount: attempts } : {}) };
  }
  if (service.restart === undefined) return undefined;
  const [name = 'no', count] = service.restart.split(':');
  return { Name: name, ...(count === undefined ? {} : { MaximumRetryCount: Number(count) }) };
}

function tmpfs(value: unknown): Record<string, string> | undefined {
  if (!Array.isArray(value)) return undefined;
  return Object.fromEntries(
    value.map((entry) => {
      const text = String(entry);
      const colon = text.indexOf(':');
      return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
    }),
  );
}

/** The files write `host=ip`, the engine wants `host:ip`. */
function extraHosts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map((entry) => String(entry).replace('=', ':')) : undefined;
}

function securityOptions(service: ServiceModel): string[] | undefined {
  const value = service['security_opt'];
  if (!Array.isArray(value)) return undefined;
  return value.map((entry) => {
    const option = String(entry);
    if (/^seccomp[=:](?!unconfined$|builtin$)/.test(option) || option === 'systempaths=unconfined') {
      throw new QuaysideError(
        'COMPOSE_UNSUPPORTED',
        `services.${service.name}.security_opt ${option} is not supported yet.`,
        {
          remedy: 'Start this stack with docker compose up; Quayside then shows and operates it.',
        },
      );
    }
    return option;
  });
}

function logging(value: unknown): { Type: string; Config: unknown } | undefined {
  if (value === undefined) return undefined;
  const { driver, options } = record(value);
  return { Type: typeof driver === 'string' ? driver : '', Config: options ?? {} };
}
