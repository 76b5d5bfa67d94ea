import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { readBytes } from '../format/bytes.ts';
import { readDuration, showDuration } from '../format/duration.ts';
import { shortestFloat32 } from '../format/number.ts';
import { castText } from '../interpolate/cast.ts';
import type { ScalarTarget } from '../schema/types.ts';
import type { Node } from '../tree/node.ts';
import { showPath } from '../tree/path.ts';
import { kindName, plainOf, scalarText } from '../tree/show.ts';

/** A scalar of the model. Throws COMPOSE_INVALID where the text does not fit. */
export function bindScalar(node: Node, to: ScalarTarget, path: readonly string[]): unknown {
  const text = scalarText(node);
  if (text === undefined) throw fail(node, path, say`a single value`);
  switch (to) {
    case 'text':
      return text;
    case 'any':
      return plainOf(node);
    case 'count':
      return text === 'all' ? -1 : whole(node, text, path);
    case 'int':
      return whole(node, text, path);
    case 'mode':
      return `0${mode(node, text, path).toString(8)}`;
    case 'float':
      return fraction(node, text, path);
    case 'bool':
      return truth(node, text, path);
    case 'bytes':
      return size(node, text, path);
    case 'duration':
      return span(node, text, path);
  }
}

const fail = (node: Node, path: readonly string[], wanted: string, remedy?: string): Error => {
  const shown = scalarText(node);
  return invalid(
    node,
    say`${showPath(path)} has to be ${wanted}, not ${shown === undefined ? kindName(node) : `"${shown}"`}`,
    remedy,
  );
};

function whole(node: Node, text: string, path: readonly string[]): number {
  if (node.kind === 'int') return Number(node.value);
  if (node.kind === 'float') return Math.trunc(node.value);
  const value = castText(text, 'int');
  if (typeof value !== 'bigint') throw fail(node, path, say`a whole number`);
  return Number(value);
}

/** A text is octal already, a number was read as YAML reads it. */
function mode(node: Node, text: string, path: readonly string[]): number {
  if (node.kind !== 'string') return whole(node, text, path);
  if (!/^[0-7]+$/.test(text)) throw fail(node, path, say`a file mode`, say`Write an octal number such as 0440.`);
  return Number.parseInt(text, 8);
}

function fraction(node: Node, text: string, path: readonly string[]): number {
  const value = node.kind === 'int' || node.kind === 'float' ? Number(node.value) : castText(text, 'float');
  if (typeof value !== 'number') throw fail(node, path, 'a number');
  return shortestFloat32(value);
}

function truth(node: Node, text: string, path: readonly string[]): boolean {
  const value = node.kind === 'bool' ? node.value : castText(text, 'bool');
  if (typeof value !== 'boolean') throw fail(node, path, say`true or false`);
  return value;
}

function size(node: Node, text: string, path: readonly string[]): string {
  const value = node.kind === 'float' ? BigInt(Math.trunc(node.value)) : readBytes(text);
  if (value === undefined) throw fail(node, path, 'a size', say`Write a size such as 512m or 2g.`);
  return value.toString();
}

function span(node: Node, text: string, path: readonly string[]): string {
  const value = readDuration(text);
  if (value === undefined) throw fail(node, path, 'a duration', say`Write a duration such as 30s or 1m30s.`);
  return showDuration(value);
}
