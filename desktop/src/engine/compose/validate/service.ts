import { say } from '#kit/say.ts';
import type { Draft } from '../bind/bind.ts';
import { invalid, unsupported } from '../errors.ts';
import { texts } from '../normalize/service.ts';
import { records } from '../project/profiles.ts';
import { isPlain } from '../schema/omit.ts';
import { nearestNode } from '../tree/find.ts';
import type { Node } from '../tree/node.ts';
import type { Checked } from './checked.ts';
import { dependencyPlace } from './dependency-place.ts';

/** Every name that a service uses has to be defined. */
export function checkReferences(name: string, service: Draft, model: Checked): void {
  const at = (...path: string[]) => nearestNode(model.root, ['services', name, ...path]);
  for (const network of keysOf(service['networks'])) {
    if (!model.networks.has(network))
      throw undefinedName(at('networks', network), name, 'network', network, 'networks');
  }
  for (const [other, dependency] of Object.entries(isPlain(service['depends_on']) ? service['depends_on'] : {})) {
    const optional = isPlain(dependency) && dependency['required'] === false;
    if (model.services.has(other) || (optional && model.disabled.has(other))) continue;
    const place = dependencyPlace(model.root, name, other);
    throw model.disabled.has(other)
      ? invalid(
          place,
          say`the service ${name} depends on ${other}, which no active profile enables`,
          say`Activate a profile of ${other}, or set required: false.`,
        )
      : invalid(
          place,
          say`the service ${name} depends on ${other}, which is not defined`,
          say`Define ${other} under services, or remove the dependency.`,
        );
  }
  for (const [index, volume] of records(service['volumes']).entries()) {
    const source = volume['source'];
    if (volume['type'] === 'bind' && source === undefined) {
      throw invalid(
        at('volumes', `[${index}]`),
        say`a bind mount of the service ${name} has no source`,
        say`Add source.`,
      );
    }
    if (volume['type'] === 'volume' && typeof source === 'string' && !model.volumes.has(source)) {
      throw undefinedName(at('volumes', `[${index}]`), name, 'volume', source, 'volumes');
    }
  }
  checkFiles(name, service, model);
}

function checkFiles(name: string, service: Draft, model: Checked): void {
  const build = isPlain(service['build']) ? service['build'] : {};
  const groups = [
    ['secret', ['secrets'], service['secrets'], model.secrets],
    ['secret', ['build', 'secrets'], build['secrets'], model.secrets],
    ['config', ['configs'], service['configs'], model.configs],
  ] as const;
  for (const [kind, path, uses, defined] of groups) {
    for (const [index, use] of records(uses).entries()) {
      const source = String(use['source']);
      if (defined.has(source)) continue;
      const at = nearestNode(model.root, ['services', name, ...path, `[${index}]`]);
      throw undefinedName(at, name, kind, source, `${kind}s`);
    }
  }
}

/** External secrets and configs live in a swarm; a plain engine has none. Checked only for services that run. */
export function checkExternalFiles(service: Draft, model: Checked): void {
  for (const section of ['secrets', 'configs'] as const) {
    for (const use of records(service[section])) {
      const source = String(use['source']);
      if (model[section].get(source)?.['external'] === true) {
        throw unsupported(
          nearestNode(model.root, [section, source]),
          say`${source} in ${section} is external, which only a swarm offers`,
          say`Use file, environment or content instead.`,
        );
      }
    }
  }
}

const keysOf = (value: unknown): string[] => (isPlain(value) ? Object.keys(value) : []);

const undefinedName = (
  at: Node | Parameters<typeof invalid>[0],
  service: string,
  kind: string,
  name: string,
  section: string,
): Error =>
  invalid(
    at,
    say`the service ${service} refers to the undefined ${kind} ${name}`,
    say`Define it under ${section} at the top level.`,
  );

/** `scale`, `deploy.replicas` and the resource limits can each be said in two ways, which have to agree. */
export function checkScale(name: string, service: Draft, root: Node): void {
  const at = (...path: string[]) => nearestNode(root, ['services', name, ...path]);
  const deploy = isPlain(service['deploy']) ? service['deploy'] : {};
  const resources = isPlain(deploy['resources']) ? deploy['resources'] : {};
  const limits = isPlain(resources['limits']) ? resources['limits'] : {};
  const reservations = isPlain(resources['reservations']) ? resources['reservations'] : {};
  const twice = [
    ['scale', service['scale'], 'deploy.replicas', deploy['replicas']],
    ['cpus', service['cpus'], 'deploy.resources.limits.cpus', limits['cpus']],
    ['mem_limit', service['mem_limit'], 'deploy.resources.limits.memory', limits['memory']],
    ['mem_reservation', service['mem_reservation'], 'deploy.resources.reservations.memory', reservations['memory']],
    ['pids_limit', service['pids_limit'], 'deploy.resources.limits.pids', limits['pids']],
  ] as const;
  for (const [key, own, other, value] of twice) {
    if (
      own !== undefined &&
      (Object.keys(deploy).length > 0 || key === 'scale') &&
      differs(key, own, value, resources)
    ) {
      throw invalid(
        at(key),
        say`the service ${name} sets ${key} and ${other} to different values`,
        say`Keep one of them.`,
      );
    }
  }
  const scale = service['scale'] ?? deploy['replicas'];
  if (typeof scale === 'number' && scale < 0) throw invalid(at('scale'), say`the service ${name} has a negative scale`);
  if (typeof scale === 'number' && scale > 1 && service['container_name'] !== undefined) {
    throw invalid(
      at('container_name'),
      say`the service ${name} has a container_name and more than one container`,
      say`Remove container_name.`,
    );
  }
}

function differs(key: string, own: unknown, value: unknown, resources: Readonly<Draft>): boolean {
  if (key === 'scale') return value !== undefined && own !== value;
  const group = key === 'mem_reservation' ? resources['reservations'] : resources['limits'];
  return isPlain(group) && own !== value;
}

/** No two mounts of a service may have the same place in the container. */
export function checkMounts(name: string, service: Draft, root: Node): void {
  const seen = new Set<string>();
  const add = (target: string, ...path: string[]): void => {
    if (seen.has(target)) {
      throw invalid(nearestNode(root, ['services', name, ...path]), say`the service ${name} mounts ${target} twice`);
    }
    seen.add(target);
  };
  for (const [index, volume] of records(service['volumes']).entries())
    add(String(volume['target']), 'volumes', `[${index}]`);
  for (const [index, entry] of texts(service['tmpfs']).entries())
    add(entry.split(':')[0] ?? entry, 'tmpfs', `[${index}]`);
}
