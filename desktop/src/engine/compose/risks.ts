import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Draft } from './bind/bind.ts';
import type { ModelRisk } from './model.ts';
import { records } from './project/profiles.ts';
import { harmlessCapabilities, isPowerfulPath } from './risk-levels.ts';
import { isPlain } from './schema/omit.ts';
import { nearestNode } from './tree/find.ts';
import type { Node } from './tree/node.ts';
import type { Path } from './tree/path.ts';

/** Names what a project asks of this machine beyond its own folder, so that somebody can be asked before it runs. */
export class Risks {
  readonly list: ModelRisk[] = [];
  readonly #root: Node;
  readonly #home: string;

  constructor(root: Node, directory: string) {
    this.#root = root;
    this.#home = real(directory) ?? directory;
  }

  /** What one service mounts, reads and may do. */
  addService(name: string, service: Draft): void {
    for (const [index, mount] of records(service['volumes']).entries()) {
      if (mount['type'] === 'bind') this.#path(mount['source'], name, ['services', name, 'volumes', `[${index}]`]);
    }
    for (const [index, entry] of records(service['env_file']).entries()) {
      this.#path(entry['path'], name, ['services', name, 'env_file', `[${index}]`]);
    }
    const build = isPlain(service['build']) ? service['build'] : {};
    this.#path(build['context'], name, ['services', name, 'build', 'context']);
    for (const [key, words] of Object.entries(powers)) {
      const said = words(service[key]);
      const level = key === 'cap_add' && harmlessCapabilities(service[key]) ? 'amber' : 'red';
      if (said !== undefined)
        this.#add({ kind: 'privilege', level, message: `the service ${name} ${said}`, user: name }, [
          'services',
          name,
          key,
        ]);
    }
    for (const key of ['pre_start', 'post_start', 'pre_stop']) {
      if (records(service[key]).length > 0)
        this.#add({ kind: 'hook', level: 'amber', message: `the service ${name} runs commands (${key})`, user: name }, [
          'services',
          name,
          key,
        ]);
    }
  }

  /** A secret or config that is a file, or a volume that is a folder. */
  addFile(section: 'secrets' | 'configs', key: string, object: Draft): void {
    this.#path(object['file'], key, [section, key, 'file']);
  }

  addVolume(key: string, volume: Draft): void {
    const options = isPlain(volume['driver_opts']) ? volume['driver_opts'] : {};
    if (options['o'] === 'bind') this.#path(options['device'], key, ['volumes', key, 'driver_opts', 'device']);
  }

  #path(path: unknown, user: string, at: Path): void {
    if (typeof path !== 'string' || !/^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path)) return;
    const target = real(path);
    if (this.#isOutside(target ?? path)) {
      const words = target === undefined || target === path ? path : `${path}, which is ${target},`;
      const level = isPowerfulPath(path) || (target !== undefined && isPowerfulPath(target)) ? 'red' : 'amber';
      this.#add({ kind: 'path', level, message: `${user} uses ${words} outside the project`, user }, at);
    }
  }

  #isOutside(path: string): boolean {
    const way = relative(this.#home, path);
    return way === '..' || way.startsWith(`..${sep}`) || path === way;
  }

  #add(risk: Omit<ModelRisk, 'place'>, at: Path): void {
    const node = nearestNode(this.#root, at);
    this.list.push({ ...risk, place: node.source.place(node.at) });
  }
}

const isTrue = (words: string) => (value: unknown) => (value === true ? words : undefined);
const ofHost = (words: string) => (value: unknown) => (value === 'host' ? words : undefined);
const someOf = (words: string) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 ? `${words} (${value.map(textOf).join(', ')})` : undefined;

const textOf = (value: unknown): string => {
  const named = isPlain(value) ? value['source'] : value;
  return typeof named === 'string' ? named : '';
};

/** What gives a container more of the machine than others have. */
const powers: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  privileged: isTrue('is privileged: it can do everything that the machine’s administrator can'),
  cap_add: someOf('has further capabilities'),
  devices: someOf('uses devices of the machine'),
  network_mode: ofHost('shares the network of the machine'),
  pid: ofHost('sees the processes of the machine'),
  ipc: ofHost('shares the memory segments of the machine'),
  userns_mode: ofHost('shares the users of the machine'),
  uts: ofHost('shares the host name of the machine'),
  cgroup: ofHost('shares the control groups of the machine'),
  device_cgroup_rules: someOf('may use devices of the machine'),
  security_opt: (value) =>
    Array.isArray(value) && value.some((option) => /unconfined|disable/.test(String(option)))
      ? 'switches a protection off'
      : undefined,
};

/** The path with its symbolic links followed, undefined where it does not exist. */
function real(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
