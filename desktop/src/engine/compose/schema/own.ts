import { say } from '#kit/say.ts';
import { isList, isMap, isString, type Node } from '../tree/node.ts';
import { accepts, checkUnique, wrong } from './kinds.ts';
import { deviceRequest, limitPair } from './parts.ts';
import { type OwnType, struct, type Type } from './types.ts';

const requestOfGpus = struct(Object.fromEntries(deviceRequest.fields));

type Check = (node: Node, type: Type, path: string[]) => void;

/** Checks the values whose forms no plain type describes. */
export function checkOwn(node: Node, kind: OwnType['kind'], path: string[], check: Check): void {
  switch (kind) {
    case 'any':
      return;
    case 'command':
      if (node.kind !== 'null' && !isString(node)) checkTexts(node, path);
      return;
    case 'healthtest':
      if (!isString(node)) checkTexts(node, path);
      return;
    case 'hosts':
    case 'ssh':
      checkHosts(node, path);
      return;
    case 'ulimit':
      if (!accepts(node, ['integer', 'string'])) check(node, limitPair, path);
      return;
    case 'gpus':
      checkGpus(node, path, check);
      return;
    case 'external':
      if (!isMap(node) && !accepts(node, ['boolean', 'string'])) throw wrong(node, path, say`true or false`);
  }
}

function checkTexts(node: Node, path: string[]): void {
  if (!isList(node)) throw wrong(node, path, say`a text or a list of texts`);
  for (const [index, item] of node.items.entries()) {
    if (!isString(item)) throw wrong(item, [...path, `[${index}]`], say`a text`);
  }
}

function checkHosts(node: Node, path: string[]): void {
  if (isList(node)) {
    checkTexts(node, path);
    checkUnique(node, path);
    return;
  }
  if (!isMap(node)) throw wrong(node, path, say`a map or a list`);
  for (const [key, value] of node.entries) {
    if (isList(value)) checkTexts(value, [...path, key]);
    else if (!accepts(value, ['string', 'number', 'boolean', 'null'])) throw wrong(value, [...path, key], say`a text`);
  }
}

function checkGpus(node: Node, path: string[], check: Check): void {
  if (isString(node) && node.value === 'all') return;
  if (!isList(node)) throw wrong(node, path, '"all" or a list');
  for (const [index, item] of node.items.entries()) check(item, requestOfGpus, [...path, `[${index}]`]);
}
