import { createHash } from 'node:crypto';
import { say } from '#kit/say.ts';
import type { Draft } from '../bind/bind.ts';
import { texts } from '../normalize/service.ts';
import { records } from '../project/profiles.ts';
import { isPlain } from '../schema/omit.ts';
import type { Path } from '../tree/path.ts';
import type { Report, Said } from './found-risk.ts';
import type { ProjectHome } from './host-paths.ts';
import { isHarmlessCapability, power, weakens } from './powers.ts';

/** What a service asks of the machine: its power, its files, its programs. */
export function serviceRisks(service: Draft, home: ProjectHome, report: Report): void {
  addNamespaces(service, report);
  addPowers(service, report);
  addDevices(service, report);
  addMounts(service, home, report);
  for (const [index, entry] of records(service['env_file']).entries()) {
    addPath(
      home,
      report,
      ['env_file', `[${index}]`, 'path'],
      entry['path'],
      (what) => say`reads variables from ${what}`,
    );
  }
  for (const [index, file] of texts(service['label_file']).entries()) {
    addPath(home, report, ['label_file', `[${index}]`], file, (what) => say`reads labels from ${what}`);
  }
  addCommands(service, home, report);
}

/** A path that leaves the project. */
export function addPath(
  home: ProjectHome,
  report: Report,
  at: Path,
  path: unknown,
  verb: (what: string) => string,
  { readOnly = false, mounted = false } = {},
): void {
  const found = home.outside(path, readOnly);
  if (found === undefined) return;
  const { target, powerful, clock } = found;
  const words = target === path ? target : say`${String(path)}, which is ${target}`;
  report(at, {
    kind: 'host-files',
    level: clock ? 'amber' : 'red',
    words:
      powerful && !clock
        ? say`${verb(words)}, outside the project: it gives power over the machine`
        : say`${verb(words)}, outside the project`,
    value: `${clock ? String(path) : target}${readOnly ? ':ro' : ''}`,
    ...(mounted ? { power: power.path(target) } : {}),
  });
}

const namespaces = {
  network_mode: ['network', say`the network`],
  pid: ['pid', say`the processes`],
  ipc: ['ipc', say`the shared memory`],
  userns_mode: ['userns', say`the users`],
  uts: ['uts', say`the host name`],
  cgroup: ['cgroup', say`the control groups`],
} as const;

function addNamespaces(service: Draft, report: Report): void {
  for (const [key, [name, words]] of Object.entries(namespaces)) {
    const value = service[key];
    if (value === 'host') {
      const of = say`shares ${words} of the machine`;
      report([key], { ...powerful(of, power.host(name)), value: 'host' });
    } else if (typeof value === 'string' && value.startsWith('container:')) {
      const other = value.slice('container:'.length);
      report([key], {
        kind: 'host-power',
        level: 'amber',
        words: say`shares ${words} of the container ${other}`,
        value,
      });
    }
  }
}

const powerful = (words: string, owned?: string): Said => ({
  kind: 'host-power',
  level: 'red',
  words,
  ...(owned === undefined ? {} : { power: owned }),
});

function addPowers(service: Draft, report: Report): void {
  if (service['privileged'] === true) {
    const words = say`is privileged: it can do everything that the machine’s administrator can`;
    report(['privileged'], powerful(words, power.privileged));
  }
  for (const [index, name] of texts(service['cap_add']).entries()) {
    const harmless = isHarmlessCapability(name);
    report(['cap_add', `[${index}]`], {
      ...powerful(say`has the further capability ${name}`, power.capability(name)),
      level: harmless ? 'amber' : 'red',
      value: name,
    });
  }
  for (const [index, option] of texts(service['security_opt']).entries()) {
    const weak = weakens(option);
    if (weak === undefined) continue;
    const words = weak === 'off' ? say`switches a protection off` : say`changes a protection`;
    report(['security_opt', `[${index}]`], {
      ...powerful(`${words}: ${option}`, power.security(isProfile(option) ? 'seccomp={}' : option)),
      level: weak === 'off' ? 'red' : 'amber',
      value: option,
    });
  }
  for (const [key, words, owned] of [
    ['runtime', say`is run by another runtime`, power.runtime],
    ['cgroup_parent', say`leaves the control group of its containers for`, power.cgroupParent],
  ] as const) {
    const value = service[key];
    if (typeof value === 'string' && value !== '')
      report([key], { ...powerful(`${words}: ${value}`, owned(value)), value });
  }
  for (const [index, from] of texts(service['volumes_from']).entries()) {
    const words = say`takes over the mounts of ${from}, whatever they are`;
    report(['volumes_from', `[${index}]`], { ...powerful(words, power.volumesFrom), value: from });
  }
}

/** The engine is handed the content of a profile, not its path. */
const isProfile = (option: string): boolean => /^seccomp[=:](?!unconfined$)/.test(option);

function addDevices(service: Draft, report: Report): void {
  for (const [index, device] of records(service['devices']).entries()) {
    const source = String(device['source']);
    const words = say`uses the device ${source} of the machine`;
    // What is no path is the name by which a driver hands it out.
    const owned = source.startsWith('/') ? power.device(source) : power.deviceRequest;
    report(['devices', `[${index}]`], { ...powerful(words, owned), value: source });
  }
  for (const [index, rule] of texts(service['device_cgroup_rules']).entries()) {
    const words = say`may use devices of the machine: ${rule}`;
    report(['device_cgroup_rules', `[${index}]`], { ...powerful(words, power.deviceRule(rule)), value: rule });
  }
  const requested = {
    ...powerful(say`uses devices that a driver hands out`, power.deviceRequest),
    level: 'amber',
  } as const;
  const deploy = isPlain(service['deploy']) ? service['deploy'] : {};
  const resources = isPlain(deploy['resources']) ? deploy['resources'] : {};
  const reservations = isPlain(resources['reservations']) ? resources['reservations'] : {};
  if (records(reservations['devices']).length > 0)
    report(['deploy', 'resources', 'reservations', 'devices', '[0]', 'capabilities'], requested);
  if (records(service['gpus']).length > 0) report(['gpus', '[0]', 'capabilities'], requested);
}

function addMounts(service: Draft, home: ProjectHome, report: Report): void {
  for (const [index, mount] of records(service['volumes']).entries()) {
    const at = ['volumes', `[${index}]`];
    const type = String(mount['type']);
    const source = mount['source'];
    if (type === 'bind') {
      const readOnly = mount['read_only'] === true;
      addPath(home, report, [...at, 'source'], source, (what) => say`mounts ${what}`, { readOnly, mounted: true });
    } else if (type === 'npipe' || type === 'cluster') {
      const words = say`mounts ${String(source)} of the machine (${type})`;
      report([...at, 'type'], {
        ...powerful(words, power.mount(type)),
        kind: 'host-files',
        value: `${type}:${String(source)}`,
      });
    }
  }
}

const moments = {
  pre_start: say`before it starts`,
  post_start: say`after it started`,
  pre_stop: say`before it stops`,
} as const;

/** Commands that are run beside what the image does. */
function addCommands(service: Draft, home: ProjectHome, report: Report): void {
  for (const [key, when] of Object.entries(moments)) {
    for (const [index, hook] of records(service[key]).entries()) {
      const privileged = hook['privileged'] === true;
      report([key, `[${index}]`, privileged ? 'privileged' : 'command'], {
        kind: 'host-code',
        level: 'red',
        words: privileged ? say`runs a command ${when}, with every privilege` : say`runs a command ${when}`,
        value: digest(hook),
        ...(privileged ? { power: power.hookPrivileged } : {}),
      });
    }
  }
  const develop = isPlain(service['develop']) ? service['develop'] : {};
  for (const [index, rule] of records(develop['watch']).entries()) {
    const at = ['develop', 'watch', `[${index}]`];
    addPath(home, report, [...at, 'path'], rule['path'], (what) => say`watches ${what}`);
    const { exec } = rule;
    if (!isPlain(exec) || exec['command'] === null || exec['command'] === undefined) continue;
    const words = say`runs a command when a watched file changes`;
    report([...at, 'exec', exec['privileged'] === true ? 'privileged' : 'command'], {
      kind: 'host-code',
      level: 'red',
      words,
      value: digest(exec),
    });
  }
}

/** Stands for a command in an id: one that changes is another one. Its environment is left out, which may hold secrets. */
function digest({ command, image, user, privileged }: Readonly<Draft>): string {
  const text = JSON.stringify([command, image, user, privileged]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
