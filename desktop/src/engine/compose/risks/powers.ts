/**
 * What a container may do beyond others, in one form for what the files ask and for what a create call carries out: the call
 * must not show anything that the files were not seen to ask.
 */
export const power = {
  privileged: 'privileged',
  hookPrivileged: 'hook:privileged',
  volumesFrom: 'volumes_from',
  deviceRequest: 'device-request',
  capability: (name: string) => `cap:${capabilityName(name)}`,
  /** Of `network`, `pid`, `ipc`, `uts`, `userns`, `cgroup`. */
  host: (namespace: string) => `host:${namespace}`,
  device: (source: string) => `device:${source}`,
  deviceRule: (rule: string) => `device-rule:${rule}`,
  /** `label:disable` and `label=disable` are the same. */
  security: (option: string) => `security:${option.replace(':', '=')}`,
  runtime: (name: string) => `runtime:${name}`,
  cgroupParent: (name: string) => `cgroup-parent:${name}`,
  sysctl: (name: string) => `sysctl:${name}`,
  mount: (type: string) => `mount:${type}`,
  path: (target: string) => `path:${target}`,
} as const;

/** What ordinary servers need and most containers have anyway. */
const harmless = new Set(['NET_BIND_SERVICE', 'CHOWN', 'SETUID', 'SETGID']);

const capabilityName = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');

export const isHarmlessCapability = (name: string): boolean => harmless.has(capabilityName(name));

/** Whether a security option takes a protection away: all of it, or the standard one in favour of another. */
export function weakens(option: string): 'off' | 'other' | undefined {
  if (/unconfined|^label[:=]disable$|^systempaths/.test(option)) return 'off';
  return /^(?:seccomp|apparmor|label)[:=](?!builtin$)/.test(option) ? 'other' : undefined;
}

/** A text or number as it was written; empty for everything else. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Paths of this machine that a local volume is made of: a folder by another name (`o: bind`, in any list of options and however
 * the type is spelled), a block device, or the layers of an overlay.
 */
export function volumePaths(driver: unknown, options: Readonly<Record<string, unknown>>): string[] {
  if (driver !== undefined && driver !== '' && driver !== 'local') return [];
  const [device = '', type = '', more = ''] = ['device', 'type', 'o'].map((key) => wordOf(options[key]));
  const layers = more.split(',').flatMap((option) => {
    const [, paths] = /^(?:lowerdir|upperdir|workdir)=(.*)$/.exec(option.trim()) ?? [];
    return paths === undefined ? [] : paths.split(':');
  });
  const overNetwork = /^(?:nfs|cifs|smb)/.test(type);
  return [...(overNetwork || device === '' ? [] : [device]), ...layers];
}
