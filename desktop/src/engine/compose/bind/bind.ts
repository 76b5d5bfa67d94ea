import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { isOmitted } from '../schema/omit.ts';
import type { MappingType, StructType, Type } from '../schema/types.ts';
import { isList, isMap, type MapNode, type Node } from '../tree/node.ts';
import { showPath } from '../tree/path.ts';
import { plainOf, scalarText } from '../tree/show.ts';
import type { Warnings } from '../warnings.ts';
import { bindOwn } from './own.ts';
import { bindScalar } from './scalar.ts';

/** A value of the model while it is made. */
export type Draft = Record<string, unknown>;

/** Turns nodes in long form into the typed model: sizes, durations, lists; what the reference tool leaves out when empty is left out. */
export class Binder {
  readonly #warnings: Warnings;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  /** The plain value of a node; undefined for nothing. */
  value(node: Node, type: Type, path: string[]): unknown {
    if (node.kind === 'null' && type.kind !== 'command') return undefined;
    switch (type.kind) {
      case 'scalar':
        return bindScalar(node, type.to, path);
      case 'list':
        return (isList(node) ? node.items : [node]).map((item, index) =>
          this.#below(item, type.item, path, `[${index}]`),
        );
      case 'record':
        return isMap(node) ? this.#record(node, type.value, path) : {};
      case 'mapping':
        return mapping(node, type, path);
      case 'struct':
        return isMap(node) ? this.struct(node, type, path) : {};
      default:
        return bindOwn(node, type.kind, path, {
          warnings: this.#warnings,
          bind: (inner, innerType, innerPath) => this.value(inner, innerType, innerPath),
        });
    }
  }

  #below(node: Node, type: Type, path: string[], part: string): unknown {
    path.push(part);
    const made = this.value(node, type, path);
    path.pop();
    return made;
  }

  #record(node: MapNode, type: Type, path: string[]): Draft {
    const blank = type.kind === 'scalar' && type.to === 'text' ? '' : null;
    return Object.fromEntries(
      [...node.entries].map(([key, value]) => [key, this.#below(value, type, path, key) ?? blank] as const),
    );
  }

  /** An object by its schema, in the schema's order, then its `x-` keys as they stand. */
  struct(node: MapNode, type: StructType, path: string[]): Draft {
    const made: Draft = {};
    for (const [key, field] of type.fields) {
      if (field.inputOnly === true) continue;
      const own = node.entries.get(key);
      const value = own === undefined ? undefined : this.#below(own, field.type, path, key);
      if (field.omit === 'never') made[field.as ?? key] = value ?? absent(field.type);
      else if (own !== undefined && !isOmitted(value, field)) made[field.as ?? key] = value;
    }
    for (const [key, value] of node.entries) {
      if (key.startsWith('x-')) made[key] = plainOf(value);
    }
    return made;
  }
}

/** What stands for a field that is always written but was not given. */
function absent(type: Type): unknown {
  switch (type.kind) {
    case 'struct':
      return Object.fromEntries(
        [...type.fields]
          .filter(([, field]) => field.omit === 'never')
          .map(([key, field]) => [field.as ?? key, absent(field.type)]),
      );
    case 'command':
      return null;
    case 'scalar':
      return { text: '', int: 0, count: 0, mode: 0, float: 0, bool: false, bytes: '0', duration: '0s', any: null }[
        type.to
      ];
    default:
      return undefined;
  }
}

function mapping(node: Node, type: MappingType, path: readonly string[]): Record<string, string | null> {
  const unset = type.nulls === 'keep' ? null : '';
  if (isList(node)) {
    return Object.fromEntries(
      node.items.map((item) => {
        const text = scalarText(item) ?? '';
        const at = text.indexOf('=');
        const key = at === -1 ? text : text.slice(0, at);
        if (type.nulls === 'keep') checkKey(key, item, path);
        return [key, at === -1 ? unset : text.slice(at + 1)];
      }),
    );
  }
  if (!isMap(node)) return {};
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, scalarText(value) ?? unset]));
}

function checkKey(key: string, item: Node, path: readonly string[]): void {
  if (key !== key.trimEnd()) {
    throw invalid(
      item,
      say`${showPath(path)}: the variable "${key}" ends in a space`,
      say`Write NAME=value without spaces around "=".`,
    );
  }
}
