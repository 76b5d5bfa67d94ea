import { isList, isMap, isString, listOf, type MapNode, mapItems, mapValues, type Node } from '../tree/node.ts';
import { type PathCursor, PathTable } from '../tree/path.ts';
import type { Warnings } from '../warnings.ts';
import {
  asList,
  longBuild,
  longDependencies,
  longDevice,
  longDeviceRequest,
  longEnvFiles,
  longExternal,
  longGpus,
  longMount,
  longReference,
  longSsh,
  type Transform,
  toNames,
} from './long-forms.ts';
import { longPorts } from './ports.ts';

/** Short forms by the place they stand at. Every rule leaves what is long already as it is. */
const rules = new PathTable<Transform>({
  'services.*.build': longBuild,
  'services.*.build.secrets.*': longReference,
  'services.*.build.ssh': longSsh,
  'services.*.configs.*': longReference,
  'services.*.secrets.*': longReference,
  'services.*.depends_on': longDependencies,
  'services.*.deploy.resources.reservations.devices.*': longDeviceRequest,
  'services.*.develop.watch.*.ignore': asList,
  'services.*.develop.watch.*.include': asList,
  'services.*.devices.*': longDevice,
  'services.*.dns': asList,
  'services.*.dns_search': asList,
  'services.*.env_file': longEnvFiles,
  'services.*.gpus': longGpus,
  'services.*.gpus.*': longDeviceRequest,
  'services.*.label_file': asList,
  'services.*.models': toNames,
  'services.*.networks': toNames,
  'services.*.ports': (node) => (isList(node) ? longPorts(node) : node),
  'services.*.tmpfs': asList,
  'services.*.volumes.*': longMount,
  'networks.*': longExternal,
  'volumes.*': longExternal,
  'secrets.*': longExternal,
  'configs.*': longExternal,
});

/** Turns every short form into the long one. Throws COMPOSE_INVALID. */
export function canonical(root: MapNode, warnings: Warnings): MapNode {
  const made = walk(root, rules.start, warnings);
  return isMap(made) ? made : root;
}

function walk(node: Node, cursor: PathCursor<Transform>, warnings: Warnings): Node {
  if (cursor.done) return node;
  const own = cursor.rule?.(node, warnings) ?? node;
  if (isMap(own)) return mapValues(own, (value, key) => walk(value, cursor.next(key), warnings));
  if (isList(own)) return mapItems(own, (item, index) => walk(item, cursor.next(`[${index}]`), warnings));
  return own;
}

/** Empty texts in `dns` come from variables without a value and mean nothing. */
export function dropEmptyDns(root: MapNode): MapNode {
  return mapValues(root, (section, name) => {
    if (name !== 'services' || !isMap(section)) return section;
    return mapValues(section, (service) => (isMap(service) ? mapValues(service, withoutEmpty) : service));
  });
}

function withoutEmpty(value: Node, key: string): Node {
  if (key !== 'dns' || !isList(value)) return value;
  const items = value.items.filter((item) => item.kind !== 'null' && !(isString(item) && item.value === ''));
  return items.length === value.items.length ? value : listOf(value, items);
}
