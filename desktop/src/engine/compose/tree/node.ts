import type { Source } from './source.ts';

/** Where a node came from. Offsets count UTF-16 units; `keyAt` is -1 for nodes that are no map value. */
export interface Origin {
  readonly source: Source;
  readonly at: number;
  readonly keyAt: number;
}

export interface MapNode extends Origin {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Node>;
}

export interface ListNode extends Origin {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export type ScalarNode = Origin &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'int'; readonly value: bigint }
    | { readonly kind: 'float'; readonly value: number }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'time'; readonly value: string }
  );

/**
 * One value of a compose file. Nodes are never changed after they were made: phases build new ones and keep the origin, so
 * every later phase can still say which line it speaks of, and aliases may share nodes.
 */
export type Node = MapNode | ListNode | ScalarNode;

export const isMap = (node: Node | undefined): node is MapNode => node?.kind === 'map';
export const isList = (node: Node | undefined): node is ListNode => node?.kind === 'list';
export const isString = (node: Node | undefined): node is Extract<ScalarNode, { kind: 'string' }> =>
  node?.kind === 'string';
export const isNull = (node: Node | undefined): boolean => node?.kind === 'null';

function origin(from: Origin): Origin {
  return { source: from.source, at: from.at, keyAt: from.keyAt };
}

export const mapOf = (from: Origin, entries: ReadonlyMap<string, Node>): MapNode => ({
  kind: 'map',
  entries,
  ...origin(from),
});
export const listOf = (from: Origin, items: readonly Node[]): ListNode => ({ kind: 'list', items, ...origin(from) });
export const stringOf = (from: Origin, value: string): Node => ({ kind: 'string', value, ...origin(from) });
export const intOf = (from: Origin, value: bigint): Node => ({ kind: 'int', value, ...origin(from) });
export const floatOf = (from: Origin, value: number): Node => ({ kind: 'float', value, ...origin(from) });
export const boolOf = (from: Origin, value: boolean): Node => ({ kind: 'bool', value, ...origin(from) });
export const nullOf = (from: Origin): Node => ({ kind: 'null', ...origin(from) });

/** Makes a map from plain pairs; undefined values are left out. */
export function record(from: Origin, pairs: Readonly<Record<string, Node | undefined>>): MapNode {
  const entries = new Map<string, Node>();
  for (const [key, value] of Object.entries(pairs)) {
    if (value !== undefined) entries.set(key, value);
  }
  return mapOf(from, entries);
}

/** The text of a string entry of a map, undefined where it is absent or something else. */
export function textAt(map: MapNode, key: string): string | undefined {
  const node = map.entries.get(key);
  return isString(node) ? node.value : undefined;
}

/** A copy of the map with one entry set (in place where it exists, else at the end) or, with undefined, removed. */
export function withEntry(map: MapNode, key: string, value: Node | undefined): MapNode {
  const entries = new Map(map.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  return mapOf(map, entries);
}

/** Applies `change` to every value of a map; undefined removes the entry. Returns the same map where nothing changed. */
export function mapValues(map: MapNode, change: (value: Node, key: string) => Node | undefined): MapNode {
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of map.entries) {
    const next = change(value, key);
    if (next === value) continue;
    entries ??= new Map(map.entries);
    if (next === undefined) entries.delete(key);
    else entries.set(key, next);
  }
  return entries === undefined ? map : mapOf(map, entries);
}

/** As `mapValues`, for lists. */
export function mapItems(list: ListNode, change: (item: Node, index: number) => Node): ListNode {
  let items: Node[] | undefined;
  for (const [index, item] of list.items.entries()) {
    const next = change(item, index);
    if (next === item) continue;
    items ??= [...list.items];
    items[index] = next;
  }
  return items === undefined ? list : listOf(list, items);
}
