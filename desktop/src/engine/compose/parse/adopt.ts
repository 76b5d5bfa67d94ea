import type { Node } from '../tree/node.ts';
import type { Source } from '../tree/source.ts';
import type { ParsedDocument } from './convert.ts';

/** A document that another thread parsed, as one of this source: what crosses threads loses its class. */
export function adopt({ root, resets, octals }: ParsedDocument, source: Source): ParsedDocument {
  const known = new Map<Node, Node>();
  return {
    root: adoptNode(root, source, known),
    resets,
    octals: octals.map((trap) => ({ ...trap, where: { ...trap.where, source } })),
  };
}

/** Aliases share nodes, and go on doing so. */
function adoptNode(node: Node, source: Source, known: Map<Node, Node>): Node {
  const before = known.get(node);
  if (before !== undefined) return before;
  const made = copyOf(node, source, known);
  known.set(node, made);
  return made;
}

function copyOf(node: Node, source: Source, known: Map<Node, Node>): Node {
  if (node.kind === 'list') return { ...node, source, items: node.items.map((item) => adoptNode(item, source, known)) };
  if (node.kind !== 'map') return { ...node, source };
  const entries = [...node.entries].map(([key, value]) => [key, adoptNode(value, source, known)] as const);
  return { ...node, source, entries: new Map(entries) };
}
