import { nearestNode } from '../tree/find.ts';
import { isList, isMap, isString, type Node, type Origin } from '../tree/node.ts';

const namespaces = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'];
const lists = ['links', 'volumes_from'];

/** Where a service says that it needs another one: under `depends_on`, or where that follows from. */
export function dependencyPlace(root: Node, service: string, other: string): Origin {
  const own = nearestNode(root, ['services', service]);
  if (!isMap(own)) return own;
  const { entries } = own;
  const explicit = entries.get('depends_on');
  if (isMap(explicit)) {
    const entry = explicit.entries.get(other);
    if (entry !== undefined) return entry;
  }
  for (const key of namespaces) {
    const value = entries.get(key);
    if (isString(value) && value.value === `service:${other}`) return value;
  }
  for (const key of lists) {
    const list = entries.get(key);
    const item = isList(list)
      ? list.items.find((one) => isString(one) && one.value.split(':')[0] === other)
      : undefined;
    if (item !== undefined) return item;
  }
  return own;
}
