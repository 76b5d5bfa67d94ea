import { say } from '#kit/say.ts';
import { showFloat } from '../format/number.ts';
import type { Node } from './node.ts';

/** A scalar as the reference tool turns it into text: `0777` is 511, `1e6` is 1e+06. Undefined for maps, lists and null. */
export function scalarText(node: Node): string | undefined {
  switch (node.kind) {
    case 'string':
    case 'time':
      return node.value;
    case 'int':
      return node.value.toString();
    case 'bool':
      return node.value ? 'true' : 'false';
    case 'float':
      return showFloat(node.value);
    default:
      return undefined;
  }
}

/** What a node is, for messages. */
export function kindName(node: Node): string {
  const names: Readonly<Record<Node['kind'], string>> = {
    map: say`a map`,
    list: say`a list`,
    string: say`a text`,
    int: say`a number`,
    float: say`a number`,
    bool: say`true or false`,
    null: say`an empty value`,
    time: say`a date`,
  };
  return names[node.kind];
}

/** A node as plain data; whole numbers beyond 2^53 lose digits. */
export function plainOf(node: Node): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, value]) => [key, plainOf(value)]));
    case 'list':
      return node.items.map(plainOf);
    case 'null':
      return null;
    case 'int':
      return Number(node.value);
    case 'time':
      return goTime(node.value);
    default:
      return node.value;
  }
}

/** Dates are written in RFC 3339, as the reference tool does in the parts it does not look into. */
function goTime(text: string): string {
  const parsed = Date.parse(/^\d{4}-\d{1,2}-\d{1,2}$/.test(text) ? `${text}T00:00:00Z` : text);
  return Number.isNaN(parsed) ? text : new Date(parsed).toISOString().replace(/\.000Z$/, 'Z');
}
