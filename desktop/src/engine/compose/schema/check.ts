import { anyOf, say } from '#kit/say.ts';
import { invalid, invalidKey } from '../errors.ts';
import { isList, isMap, isString, type MapNode, type Node } from '../tree/node.ts';
import { showPath } from '../tree/path.ts';
import { accepts, checkUnique, kindWords, wrong } from './kinds.ts';
import { nearest } from './nearest.ts';
import { checkOwn } from './own.ts';
import { project } from './project.ts';
import type { ListType, MappingType, RecordType, ScalarType, StructType, Type } from './types.ts';

/** Refuses what the specification's schema refuses: unknown keys, wrong types, words out of range. `x-` keys are free. */
export function checkSchema(root: MapNode): void {
  check(root, project, []);
}

export function check(node: Node, type: Type, path: string[]): void {
  switch (type.kind) {
    case 'scalar':
      checkScalar(node, type, path);
      return;
    case 'list':
      checkList(node, type, path);
      return;
    case 'record':
      checkRecord(node, type, path);
      return;
    case 'mapping':
      checkMapping(node, type, path);
      return;
    case 'struct':
      checkStruct(node, type, path);
      return;
    default:
      checkOwn(node, type.kind, path, check);
  }
}

function below(node: Node, type: Type, path: string[], part: string): void {
  path.push(part);
  check(node, type, path);
  path.pop();
}

function checkScalar(node: Node, type: ScalarType, path: string[]): void {
  if (!accepts(node, type.accepts)) throw wrong(node, path, anyOf(type.accepts.map((kind) => kindWords[kind])));
  if (isString(node) && type.oneOf !== undefined && !type.oneOf.includes(node.value)) {
    const near = nearest(node.value, type.oneOf);
    throw invalid(
      node,
      say`${showPath(path)} has to be one of ${type.oneOf.join(', ')}, not "${node.value}"`,
      near === undefined ? undefined : say`Did you mean ${near}?`,
    );
  }
  if (isString(node) && type.form?.pattern.test(node.value) === false) {
    throw invalid(node, say`${showPath(path)} has to be ${type.form.words}, not "${node.value}"`);
  }
  if (node.kind === 'int' || node.kind === 'float') {
    const value = Number(node.value);
    if (value < (type.from ?? value) || value > (type.upTo ?? value)) {
      throw invalid(
        node,
        say`${showPath(path)} has to lie between ${type.from ?? ''} and ${type.upTo ?? 'any'}, not ${value}`,
      );
    }
  }
}

function checkList(node: Node, type: ListType, path: string[]): void {
  if (type.orText === true && isString(node)) return;
  if (!isList(node)) throw wrong(node, path, type.orText === true ? say`a text or a list` : say`a list`);
  for (const [index, item] of node.items.entries()) below(item, type.item, path, `[${index}]`);
  if (type.unique === true) checkUnique(node, path);
}

function checkRecord(node: Node, type: RecordType, path: string[]): void {
  if (type.orList === true && isList(node)) {
    for (const [index, item] of node.items.entries()) {
      if (!isString(item)) throw wrong(item, [...path, `[${index}]`], say`a text`);
    }
    checkUnique(node, path);
    return;
  }
  if (!isMap(node)) throw wrong(node, path, type.orList === true ? say`a map or a list` : say`a map`);
  for (const [key, value] of node.entries) {
    if (type.keys?.test(key) === false) {
      throw invalidKey(
        value,
        say`"${key}" is not a valid name in ${showPath(path)}`,
        say`Names consist of letters, digits, ".", "_" and "-".`,
      );
    }
    below(value, type.value, path, key);
  }
}

function checkMapping(node: Node, _type: MappingType, path: string[]): void {
  if (isList(node)) {
    for (const [index, item] of node.items.entries()) {
      if (!isString(item)) throw wrong(item, [...path, `[${index}]`], say`a text`);
    }
    checkUnique(node, path);
    return;
  }
  if (!isMap(node)) throw wrong(node, path, say`a map or a list`);
  for (const [key, value] of node.entries) {
    if (key === '') throw invalidKey(value, say`a key in ${showPath(path)} is empty`, say`Name it.`);
    if (!accepts(value, ['string', 'number', 'boolean', 'null'])) {
      throw wrong(value, [...path, key], say`a text, a number, true, false or empty`);
    }
  }
}

function checkStruct(node: Node, type: StructType, path: string[]): void {
  if (type.nullable === true && node.kind === 'null') return;
  if (type.short !== undefined && accepts(node, type.short)) return;
  if (!isMap(node)) throw wrong(node, path, type.short === undefined ? say`a map` : say`a text or a map`);
  for (const [key, value] of node.entries) {
    const field = type.fields.get(key);
    if (field !== undefined) below(value, field.type, path, key);
    else if (key.startsWith('x-')) checkFinite(value, [...path, key]);
    else if (type.open !== true && (type.extensions === false || !key.startsWith('x-')))
      throw unknownKey(value, key, type, path);
  }
  for (const key of type.required ?? []) {
    if (!node.entries.has(key)) throw invalid(node, say`${showPath(path)} needs ${key}`, say`Add ${key}.`);
  }
}

/** What is of no kind that we know has to be something that can be written down again. */
function checkFinite(node: Node, path: string[]): void {
  if (node.kind === 'float' && !Number.isFinite(node.value)) throw wrong(node, path, say`a finite number`);
  if (isMap(node)) for (const [key, value] of node.entries) checkFinite(value, [...path, key]);
  else if (isList(node)) for (const [index, item] of node.items.entries()) checkFinite(item, [...path, `[${index}]`]);
}

function unknownKey(value: Node, key: string, type: StructType, path: readonly string[]): Error {
  const near = nearest(key, type.fields.keys());
  return invalidKey(
    value,
    path.length === 0
      ? say`the key "${key}" is not known at the top level`
      : say`the key "${key}" is not known in ${showPath(path)}`,
    near === undefined ? say`Remove it, or begin it with "x-" to keep data of your own.` : say`Did you mean ${near}?`,
  );
}
