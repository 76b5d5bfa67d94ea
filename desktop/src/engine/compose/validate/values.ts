import { isIP } from 'node:net';
import { allOf, say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { isMap, type MapNode, type Node, textAt } from '../tree/node.ts';
import { type PathCursor, PathTable, showPath } from '../tree/path.ts';

type Check = (node: MapNode, path: readonly string[]) => void;

const exclusive =
  (...keys: string[]): Check =>
  (node, path) => {
    const present = keys.filter((key) => node.entries.has(key));
    if (present.length > 1) {
      throw invalid(
        node,
        say`${showPath(path)}: ${allOf(present)} exclude each other`,
        say`Keep one of ${keys.join(', ')}.`,
      );
    }
    if (present.length === 0 && !node.entries.has('external')) {
      throw invalid(node, say`${showPath(path)} needs one of ${keys.join(', ')}`);
    }
  };

/** An external resource is made elsewhere: nothing but its name can be said here. */
const externalAlone: Check = (node, path) => {
  const external = node.entries.get('external');
  if (external?.kind !== 'bool' || !external.value) return;
  for (const [key, value] of node.entries) {
    if (key === 'external' || key === 'name' || key.startsWith('x-')) continue;
    throw invalid(value, say`${showPath(path)} is external, so ${key} cannot be set`, say`Remove ${key}, or external.`);
  }
};

const deviceCount: Check = (node, path) => {
  if (node.entries.has('count') && node.entries.has('device_ids')) {
    throw invalid(node, say`${showPath(path)}: count and device_ids exclude each other`, say`Keep one of them.`);
  }
};

const hostAddress: Check = (node, path) => {
  const address = textAt(node, 'host_ip');
  if (address !== undefined && address !== '' && isIP(address) === 0) {
    throw invalid(node, say`${showPath(path)}: "${address}" is not an IP address`);
  }
};

const watchTarget: Check = (node, path) => {
  const action = textAt(node, 'action') ?? '';
  if (action !== 'rebuild' && action !== 'restart' && (textAt(node, 'target') ?? '') === '') {
    throw invalid(node, say`${showPath(path)}: the action ${action} needs a target`, say`Add target.`);
  }
};

const all =
  (...checks: Check[]): Check =>
  (node, path) => {
    for (const one of checks) one(node, path);
  };

const checks = new PathTable<Check>({
  'configs.*': all(exclusive('file', 'environment', 'content'), externalAlone),
  'secrets.*': all(exclusive('file', 'environment'), externalAlone),
  'volumes.*': externalAlone,
  'services.*.ports.*': hostAddress,
  'services.*.develop.watch.*': watchTarget,
  'services.*.deploy.resources.reservations.devices.*': deviceCount,
  'services.*.gpus.*': deviceCount,
});

/** Refuses attributes that contradict each other. */
export function checkValues(root: MapNode): void {
  walk(root, [], checks.start);
}

function walk(node: Node, path: readonly string[], cursor: PathCursor<Check>): void {
  if (isMap(node)) {
    cursor.rule?.(node, path);
    for (const [key, value] of node.entries) {
      const next = cursor.next(key);
      if (!next.done) walk(value, [...path, key], next);
    }
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) walk(item, [...path, `[${index}]`], cursor.next(`[${index}]`));
  }
}
