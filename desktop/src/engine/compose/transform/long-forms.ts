import { posix } from 'node:path';
import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { dependencies, toNamedMap } from '../merge/rules.ts';
import {
  boolOf,
  isList,
  isMap,
  isString,
  listOf,
  mapItems,
  mapOf,
  mapValues,
  type Node,
  record,
  stringOf,
  textAt,
  withEntry,
} from '../tree/node.ts';
import { scalarText } from '../tree/show.ts';
import type { Warnings } from '../warnings.ts';
import { longVolume } from './volumes.ts';

export type Transform = (node: Node, warnings: Warnings) => Node;

export const asList: Transform = (node) => (isString(node) ? listOf(node, [node]) : node);
export const toNames: Transform = (node) => toNamedMap(node);
export const longBuild: Transform = (node) => (isString(node) ? record(node, { context: node }) : node);
export const longReference: Transform = (node) => (isString(node) ? record(node, { source: node }) : node);

export const longMount: Transform = (node) => {
  const mount = isString(node) ? longVolume(node) : node;
  const target = isMap(mount) ? mount.entries.get('target') : undefined;
  if (!isMap(mount) || !isString(target) || target.value === '') return mount;
  const clean = cleanPath(target.value);
  return clean === target.value ? mount : withEntry(mount, 'target', stringOf(target, clean));
};

/** The shortest way to write a path of a container: no `.`, no `..`, no double or closing slash. */
function cleanPath(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}

export const longDependencies: Transform = (node) => {
  const map = dependencies(node);
  if (!isMap(map)) return map;
  return mapValues(map, (entry) =>
    isMap(entry) && !entry.entries.has('required') ? withEntry(entry, 'required', boolOf(entry, true)) : entry,
  );
};

export const longEnvFiles: Transform = (node) => {
  const list = isString(node) ? listOf(node, [node]) : node;
  if (!isList(list)) return list;
  return mapItems(list, (item) => {
    if (isString(item)) return record(item, { path: item, required: boolOf(item, true) });
    return isMap(item) && !item.entries.has('required') ? withEntry(item, 'required', boolOf(item, true)) : item;
  });
};

export const longDevice: Transform = (node) => {
  if (!isString(node)) return node;
  const parts = node.value.split(':');
  if (parts.length > 3) {
    throw invalid(
      node,
      say`the device "${node.value}" has too many parts`,
      say`Use the long form with source, target and permissions.`,
    );
  }
  const [source = '', target = '', permissions = 'rwm'] = parts;
  return record(node, {
    source: stringOf(node, source),
    target: stringOf(node, target === '' ? source : target),
    permissions: stringOf(node, permissions),
  });
};

/** A request that names neither a count nor devices asks for all of them. */
export const longDeviceRequest: Transform = (node) => {
  if (!isMap(node) || node.entries.has('count') || node.entries.has('device_ids')) return node;
  return withEntry(node, 'count', stringOf(node, 'all'));
};

export const longGpus: Transform = (node) =>
  isString(node) ? listOf(node, [record(node, { count: stringOf(node, node.value) })]) : node;

export const longSsh: Transform = (node) => {
  if (isList(node)) {
    const entries = new Map<string, Node>();
    for (const item of node.items) {
      const [id = '', ...path] = (scalarText(item) ?? '').split('=');
      entries.set(id, stringOf(item, path.join('=')));
    }
    return mapOf(node, entries);
  }
  return node;
};

/** The deprecated `external: {name: x}` means `external: true` and `name: x`. */
export const longExternal: Transform = (node, warnings) => {
  if (!isMap(node)) return node;
  const external = node.entries.get('external');
  if (!isMap(external)) return node;
  warnings.add(say`external.name is deprecated; set name and external: true`, external);
  const made = withEntry(node, 'external', boolOf(external, true));
  const inner = textAt(external, 'name');
  if (inner === undefined) return made;
  const outer = node.entries.get('name');
  if (outer === undefined) return withEntry(made, 'name', stringOf(external, inner));
  if (textAt(node, 'name') !== inner) throw invalid(outer, say`name and external.name differ`, say`Keep name only.`);
  return made;
};
