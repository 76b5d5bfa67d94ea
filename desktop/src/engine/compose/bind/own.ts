import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { splitWords } from '../format/shell-words.ts';
import { deviceRequest } from '../schema/parts.ts';
import type { OwnType, Type } from '../schema/types.ts';
import { isList, isMap, type Node } from '../tree/node.ts';
import { showPath } from '../tree/path.ts';
import { plainOf, scalarText } from '../tree/show.ts';
import type { Warnings } from '../warnings.ts';
import { bindScalar } from './scalar.ts';

interface Tools {
  readonly warnings: Warnings;
  readonly bind: (node: Node, type: Type, path: string[]) => unknown;
}

/** Binds the values whose forms no plain type describes. */
export function bindOwn(node: Node, kind: OwnType['kind'], path: string[], tools: Tools): unknown {
  switch (kind) {
    case 'command':
      return command(node, path, tools.warnings);
    case 'healthtest':
      return isList(node) ? node.items.map(textOf) : ['CMD-SHELL', textOf(node)];
    case 'hosts':
      return hosts(node);
    case 'ulimit':
      return ulimit(node, path);
    case 'ssh':
      return ssh(node);
    case 'gpus':
      return isList(node) ? node.items.map((item) => tools.bind(item, deviceRequest, path)) : undefined;
    case 'external':
      return bindScalar(node, 'bool', path);
    case 'any':
      return plainOf(node);
  }
}

const textOf = (node: Node): string => scalarText(node) ?? '';

function command(node: Node, path: readonly string[], warnings: Warnings): readonly string[] | null {
  if (node.kind === 'null') return null;
  if (isList(node)) return node.items.map(textOf);
  const split = splitWords(textOf(node));
  if (split === undefined) {
    throw invalid(
      node,
      say`${showPath(path)} has unbalanced quotes: ${textOf(node)}`,
      say`Balance the quotes, or write a list.`,
    );
  }
  if (split.cut !== undefined) {
    warnings.add(
      say`${showPath(path)} is not run by a shell: "${split.cut}" is dropped; write ["sh", "-c", "…"] to use shell operators`,
      node,
    );
  }
  return split.words;
}

function hosts(node: Node): string[] {
  const found: string[] = [];
  const add = (host: string, addresses: readonly string[], where: Node): void => {
    if (host === '') throw invalid(where, say`an extra host has no name`, say`Write HOST=ADDRESS.`);
    for (const address of addresses) {
      const plain = /^\[.*\]$/.test(address) ? address.slice(1, -1) : address;
      found.push(`${host}=${plain}`);
    }
  };
  if (isList(node)) {
    for (const item of node.items) {
      const text = textOf(item);
      const at = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
      if (at === -1) throw invalid(item, say`the extra host "${text}" has no address`, say`Write HOST=ADDRESS.`);
      add(text.slice(0, at), text.slice(at + 1).split(','), item);
    }
  } else if (isMap(node)) {
    for (const [host, value] of node.entries) {
      add(host, isList(value) ? value.items.map(textOf) : textOf(value).split(','), value);
    }
  }
  return found.sort();
}

function ulimit(node: Node, path: readonly string[]): unknown {
  if (!isMap(node)) return bindScalar(node, 'int', path);
  const part = (key: string): unknown => {
    const value = node.entries.get(key);
    return value === undefined ? 0 : bindScalar(value, 'int', [...path, key]);
  };
  return { soft: part('soft'), hard: part('hard') };
}

function ssh(node: Node): string[] {
  if (!isMap(node)) return [];
  return [...node.entries].map(([id, value]) => {
    const path = scalarText(value) ?? '';
    return path === '' ? id : `${id}=${path}`;
  });
}
