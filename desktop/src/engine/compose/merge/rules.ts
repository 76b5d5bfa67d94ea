import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import {
  boolOf,
  isList,
  isMap,
  isNull,
  isString,
  listOf,
  mapOf,
  type Node,
  nullOf,
  record,
  stringOf,
  textAt,
} from '../tree/node.ts';
import { showPath } from '../tree/path.ts';
import { kindName, scalarText } from '../tree/show.ts';

/** Merges two values by the plain rule at the same place. */
export type MergeBelow = (base: Node, over: Node) => Node;
export type Join = (base: Node, over: Node, below: MergeBelow, path: readonly string[]) => Node;

export const overrideBase: Join = (_base, over) => over;

/** A map as `KEY=VALUE` texts in key order; a single text as a list of one. */
export function toPairs(node: Node): readonly Node[] {
  if (isList(node)) return node.items;
  if (isMap(node)) {
    return [...node.entries]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([key, value]) => pairsOf(key, value));
  }
  return isString(node) ? [node] : [];
}

function pairsOf(key: string, value: Node): Node[] {
  if (isNull(value)) return [stringOf(value, key)];
  if (isList(value)) return value.items.map((item) => stringOf(item, `${key}=${scalarText(item) ?? ''}`));
  const text = scalarText(value);
  if (text === undefined) throw invalid(value, say`"${key}" has to be a text, not ${kindName(value)}`);
  return [stringOf(value, `${key}=${text}`)];
}

/** A list of names as a map without values. */
export function toNamedMap(node: Node): Node {
  return isList(node) ? mapOf(node, new Map(node.items.map((item) => [name(item), nullOf(item)]))) : node;
}

/** A list of services as the long form of `depends_on`. */
export function dependencies(node: Node): Node {
  if (!isList(node)) return node;
  return mapOf(node, new Map(node.items.map((item) => [name(item), startedDependency(item)])));
}

const startedDependency = (item: Node): Node =>
  record(item, { condition: stringOf(item, 'service_started'), required: boolOf(item, true) });

function name(item: Node): string {
  if (!isString(item)) throw invalid(item, say`a name was expected, not ${kindName(item)}`);
  return item.value;
}

export const mergeBuild: Join = (base, over, below) => below(longBuild(base), longBuild(over));

const longBuild = (node: Node): Node => (isString(node) ? record(node, { context: node }) : node);

export const mergeHosts: Join = (base, over) => {
  const first = toPairs(base);
  const known = new Set(first.map(scalarText));
  return listOf(over, [...first, ...toPairs(over).filter((entry) => !known.has(scalarText(entry)))]);
};

/** Options are merged only when both speak of the same driver, or one of none. */
export const mergeLogging: Join = (base, over, below) => {
  if (!isMap(base) || !isMap(over)) return below(base, over);
  const [first, second] = [textAt(base, 'driver'), textAt(over, 'driver')];
  return first === undefined || second === undefined || first === second ? below(base, over) : over;
};

/** Merges the address pools of a network per subnet; a pool of the base that the override does not name is dropped. */
export const mergeSubnets: Join = (base, over, below, path) => {
  if (!isList(base) || !isList(over)) throw invalid(over, say`${showPath(path)} has to be a list`);
  const subnet = (node: Node): string | undefined => (isMap(node) ? textAt(node, 'subnet') : undefined);
  const merged: Node[] = [];
  const put = (node: Node, replace: boolean): void => {
    const at = merged.findIndex((known) => subnet(known) === subnet(node));
    if (at === -1) merged.push(node);
    else if (replace) merged[at] = node;
  };
  for (const first of base.items) {
    for (const second of over.items) {
      const same = subnet(first) === subnet(second);
      put(same ? below(first, second) : second, same);
    }
  }
  return listOf(over, merged);
};
