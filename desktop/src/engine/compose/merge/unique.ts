import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { parseVolume } from '../transform/volumes.ts';
import { isMap, isString, listOf, type MapNode, mapItems, mapValues, type Node, textAt } from '../tree/node.ts';
import { type PathCursor, PathTable, showPath } from '../tree/path.ts';
import { kindName, scalarText } from '../tree/show.ts';

/** What makes an entry of a list the same as another one; undefined = it stands for itself. */
type Identity = (item: Node, path: readonly string[]) => string | undefined;

const beforeEquals: Identity = (item, path) => {
  if (!isString(item)) throw invalid(item, say`an entry of ${showPath(path)} has to be a text, not ${kindName(item)}`);
  return item.value.split('=', 1)[0];
};

const byTarget: Identity = (item, path) => {
  if (isString(item)) return parseVolume(item).target;
  const target = isMap(item) ? textAt(item, 'target') : undefined;
  if (target === undefined) throw invalid(item, say`an entry of ${showPath(path)} has no target`);
  return target;
};

const byDevice: Identity = (item) => {
  if (isMap(item)) return textAt(item, 'target') ?? textAt(item, 'source');
  const parts = scalarText(item)?.split(':') ?? [];
  return parts[1] ?? parts[0];
};

const byMountPoint =
  (folder: string): Identity =>
  (item) =>
    isMap(item)
      ? (textAt(item, 'target') ?? `${folder}/${textAt(item, 'source') ?? ''}`)
      : `${folder}/${scalarText(item) ?? ''}`;

const byText: Identity = (item) => scalarText(item);
const byPath: Identity = (item) => (isMap(item) ? textAt(item, 'path') : scalarText(item));

const byPort: Identity = (item) => {
  if (!isMap(item)) return scalarText(item);
  const target = item.entries.get('target');
  const published = item.entries.get('published');
  if (target === undefined)
    throw invalid(item, say`a port has no target`, say`Name the port of the container as target.`);
  const host = textAt(item, 'host_ip') ?? '0.0.0.0';
  return `${host}:${typed(published)}:${typed(target)}/${textAt(item, 'protocol') ?? 'tcp'}`;
};

/** The reference tool takes the number 80 and the text "80" for two ports. */
const typed = (node: Node | undefined): string => (node === undefined ? '' : `${node.kind} ${scalarText(node) ?? ''}`);

const keyed = [
  'networks.*.labels',
  'networks.*.ipam.options',
  ...[
    'annotations',
    'build.args',
    'build.additional_contexts',
    'build.tags',
    'build.labels',
    'cap_add',
    'cap_drop',
    'deploy.labels',
    'dns',
    'dns_opt',
    'dns_search',
    'environment',
    'labels',
    'links',
    'networks.*.aliases',
    'networks.*.link_local_ips',
    'profiles',
    'sysctls',
    'tmpfs',
  ].map((path) => `services.*.${path}`),
];

const known: Readonly<Record<string, Identity>> = {
  ...Object.fromEntries(keyed.map((path) => [path, beforeEquals])),
  'services.*.volumes': byTarget,
  'services.*.devices': byDevice,
  'services.*.configs': byMountPoint(''),
  'services.*.secrets': byMountPoint('/run/secrets'),
  'services.*.expose': byText,
  'services.*.env_file': byPath,
  'services.*.ports': byPort,
};

const identities = new PathTable<Identity>(known);

/** The lists in which entries can mean the same, as patterns. */
export const uniquePaths: readonly string[] = Object.keys(known);

/** Leaves one entry of those that mean the same: the later one, at the place of the first. */
export function dropRepeated(root: MapNode): MapNode {
  const made = walk(root, [], identities.start);
  return isMap(made) ? made : root;
}

function walk(node: Node, path: string[], cursor: PathCursor<Identity>): Node {
  if (cursor.done) return node;
  if (isMap(node)) {
    return mapValues(node, (value, key) => {
      path.push(key);
      const made = walk(value, path, cursor.next(key));
      path.pop();
      return made;
    });
  }
  if (node.kind !== 'list') return node;
  const identity = cursor.rule;
  if (identity === undefined) return mapItems(node, (item, index) => walk(item, path, cursor.next(`[${index}]`)));
  const kept = new Map<string, Node>();
  for (const [index, item] of node.items.entries()) kept.set(identity(item, path) ?? `[${index}]`, item);
  return kept.size === node.items.length ? node : listOf(node, [...kept.values()]);
}
