import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, posix, sep } from 'node:path';
import {
  isMap,
  isString,
  type MapNode,
  mapItems,
  mapValues,
  type Node,
  stringOf,
  textAt,
  withEntry,
} from '../tree/node.ts';
import { type PathCursor, PathTable } from '../tree/path.ts';

type Resolve = (node: Node, base: string) => Node;

const local: Resolve = (node, base) => (isString(node) ? stringOf(node, absolute(node.value, base)) : node);

const rules = new PathTable<Resolve>({
  'services.*.build.context': (node, base) => (isString(node) ? stringOf(node, contextPath(node.value, base)) : node),
  'services.*.build.additional_contexts': (node, base) => eachContext(node, base),
  'services.*.build.ssh.*': local,
  'services.*.env_file.*.path': local,
  'services.*.label_file.*': local,
  'services.*.extends.file': local,
  'services.*.develop.watch.*.path': (node, base) =>
    isString(node) ? stringOf(node, real(absolute(node.value, base))) : node,
  'services.*.volumes.*': (node, base) => (isMap(node) ? mountPath(node, base) : node),
  'configs.*.file': local,
  'secrets.*.file': local,
  'volumes.*': (node, base) => (isMap(node) ? devicePath(node, base) : node),
});

/** Makes every relative path of the model absolute against `base`; `~` becomes the home directory. */
export function resolvePaths(root: MapNode, base: string): MapNode {
  const made = walk(root, base, rules.start);
  return isMap(made) ? made : root;
}

function walk(node: Node, base: string, cursor: PathCursor<Resolve>): Node {
  if (cursor.done) return node;
  const own = cursor.rule?.(node, base) ?? node;
  if (own.kind === 'map') return mapValues(own, (value, key) => walk(value, base, cursor.next(key)));
  if (own.kind === 'list') return mapItems(own, (item, index) => walk(item, base, cursor.next(`[${index}]`)));
  return own;
}

const windowsPath = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/** A path of the host against a base directory; absolute ones, also those of Windows, stay as they are. */
export function absolute(path: string, base: string): string {
  if (path === '') return path;
  const expanded = path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
  return isAbsolute(expanded) || posix.isAbsolute(expanded) || windowsPath.test(expanded)
    ? expanded
    : withoutSlash(join(base, expanded));
}

const withoutSlash = (path: string): string => (path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path);

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const remote = /^(?:https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@)|:\/\//;

/** A build context: URLs, git references and `service:NAME` stay, everything else is a path. */
function contextPath(context: string, base: string): string {
  return remote.test(context) || context.startsWith('service:') ? context : absolute(context, base);
}

function eachContext(node: Node, base: string): Node {
  if (isMap(node)) {
    return mapValues(node, (value) => (isString(value) ? stringOf(value, contextPath(value.value, base)) : value));
  }
  if (node.kind !== 'list') return node;
  return mapItems(node, (item) => {
    if (!isString(item)) return item;
    const at = item.value.indexOf('=');
    return at === -1
      ? item
      : stringOf(item, `${item.value.slice(0, at + 1)}${contextPath(item.value.slice(at + 1), base)}`);
  });
}

function mountPath(mount: MapNode, base: string): MapNode {
  const source = mount.entries.get('source');
  if (textAt(mount, 'type') !== 'bind' || !isString(source)) return mount;
  return withEntry(mount, 'source', stringOf(source, absolute(source.value, base)));
}

/** A local volume with the option `o: bind` is a bind mount by another name. */
function devicePath(volume: MapNode, base: string): MapNode {
  const options = volume.entries.get('driver_opts');
  if (!isMap(options) || textAt(volume, 'driver') !== 'local' || textAt(options, 'o') !== 'bind') return volume;
  const device = options.entries.get('device');
  if (!isString(device)) return volume;
  return withEntry(volume, 'driver_opts', withEntry(options, 'device', stringOf(device, absolute(device.value, base))));
}
