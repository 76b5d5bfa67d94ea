import { isList, isMap, type Node } from './node.ts';
import type { Path } from './path.ts';

/** The node at a path, or the nearest one above it that exists: where a message about that path should point. */
export function nearestNode(root: Node, path: Path): Node {
  let node = root;
  for (const part of path) {
    const next = childOf(node, part);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function childOf(node: Node, part: string): Node | undefined {
  if (isMap(node)) return node.entries.get(part);
  if (isList(node) && part.startsWith('[')) return node.items[Number(part.slice(1, -1))];
  return undefined;
}
