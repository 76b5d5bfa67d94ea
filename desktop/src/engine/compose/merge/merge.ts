import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { isList, isMap, isNull, listOf, type MapNode, mapOf, type Node } from '../tree/node.ts';
import { type PathCursor, PathTable, showPath } from '../tree/path.ts';
import { kindName } from '../tree/show.ts';
import {
  dependencies,
  type Join,
  type MergeBelow,
  mergeBuild,
  mergeHosts,
  mergeLogging,
  mergeSubnets,
  overrideBase,
  toNamedMap,
  toPairs,
} from './rules.ts';

const pairs: Join = (base, over) => listOf(over, [...toPairs(base), ...toPairs(over)]);
const namedMaps: Join = (base, over, below) => below(toNamedMap(base), toNamedMap(over));

/** How two values of one place become one, where that is not the plain rule. */
const joins: Readonly<Record<string, Join>> = {
  'services.*.command': overrideBase,
  'services.*.entrypoint': overrideBase,
  'services.*.healthcheck.test': overrideBase,
  'services.*.ulimits.*': overrideBase,
  'services.*.build': mergeBuild,
  'services.*.build.args': pairs,
  'services.*.build.labels': pairs,
  'services.*.build.additional_contexts': pairs,
  'services.*.build.extra_hosts': mergeHosts,
  'services.*.annotations': pairs,
  'services.*.environment': pairs,
  'services.*.labels': pairs,
  'services.*.sysctls': pairs,
  'services.*.deploy.labels': pairs,
  'services.*.volumes.*.volume.labels': pairs,
  'networks.*.labels': pairs,
  'volumes.*.labels': pairs,
  'services.*.dns': pairs,
  'services.*.dns_opt': pairs,
  'services.*.dns_search': pairs,
  'services.*.env_file': pairs,
  'services.*.label_file': pairs,
  'services.*.tmpfs': pairs,
  'services.*.extra_hosts': mergeHosts,
  'services.*.depends_on': (base, over, below) => below(dependencies(base), dependencies(over)),
  'services.*.networks': namedMaps,
  'services.*.models': namedMaps,
  'services.*.logging': mergeLogging,
  'networks.*.ipam.config': mergeSubnets,
};

const rules = new PathTable<Join>(joins);

/** The places with such a rule, as patterns. */
export const mergeRulePaths: readonly string[] = Object.keys(joins);

/** Merges an override document over a base: maps are merged, lists appended, scalars replaced; see the table for the rest. */
export function mergeDocuments(base: MapNode, over: MapNode): MapNode {
  return mergeMaps(base, over, [], rules.start);
}

/** Merges one service over the service it extends. */
export function mergeService(base: Node, over: Node, name: string): Node {
  return mergeNodes(base, over, ['services', name], rules.start.next('services').next(name));
}

function mergeNodes(base: Node, over: Node, path: readonly string[], cursor: PathCursor<Join>): Node {
  const rule = cursor.rule;
  if (rule === overrideBase) return over;
  if (isNull(over)) return base;
  if (isNull(base)) return over;
  if (rule === undefined) return mergePlain(base, over, path, cursor);
  const below: MergeBelow = (left, right) => mergePlain(left, right, path, cursor);
  return rule(base, over, below, path);
}

function mergePlain(base: Node, over: Node, path: readonly string[], cursor: PathCursor<Join>): Node {
  if (isMap(base)) {
    if (!isMap(over)) throw mismatch(base, over, path);
    return mergeMaps(base, over, path, cursor);
  }
  if (isList(base)) {
    if (!isList(over)) throw mismatch(base, over, path);
    return listOf(over, [...base.items, ...over.items]);
  }
  return over;
}

const mismatch = (base: Node, over: Node, path: readonly string[]): Error =>
  invalid(
    over,
    say`cannot override ${showPath(path)}: it is ${kindName(base)} in an earlier file and ${kindName(over)} here`,
  );

function mergeMaps(base: MapNode, over: MapNode, path: readonly string[], cursor: PathCursor<Join>): MapNode {
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const before = entries.get(key);
    entries.set(key, before === undefined ? value : mergeNodes(before, value, [...path, key], cursor.next(key)));
  }
  return mapOf(base, entries);
}
