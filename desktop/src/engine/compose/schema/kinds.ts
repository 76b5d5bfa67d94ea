import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import type { ListNode, Node } from '../tree/node.ts';
import { showPath } from '../tree/path.ts';
import { kindName } from '../tree/show.ts';
import type { RawKind } from './types.ts';

export const wrong = (node: Node, path: readonly string[], expected: string): Error =>
  invalid(
    node,
    say`${showPath(path)} has to be ${expected}, not ${kindName(node)}`,
    node.kind === 'time' ? say`Quote the date so that it is read as a text.` : undefined,
  );

function rawKinds(node: Node): readonly RawKind[] {
  switch (node.kind) {
    case 'string':
      return ['string'];
    case 'bool':
      return ['boolean'];
    case 'null':
      return ['null'];
    case 'int':
      return ['integer', 'number'];
    case 'float':
      return Number.isInteger(node.value) ? ['integer', 'number'] : ['number'];
    default:
      return [];
  }
}

/** Whether a node is of one of these kinds; infinite numbers are of none. */
export const accepts = (node: Node, kinds: readonly RawKind[]): boolean =>
  rawKinds(node).some((kind) => kinds.includes(kind)) && !(node.kind === 'float' && !Number.isFinite(node.value));

/** The kinds in words, for messages. */
export const kindWords: Readonly<Record<RawKind, string>> = {
  string: say`a text`,
  integer: say`a whole number`,
  number: say`a number`,
  boolean: say`true or false`,
  null: 'empty',
};

/** Refuses a list that names the same scalar twice. */
export function checkUnique(list: ListNode, path: readonly string[]): void {
  const seen = new Set<string>();
  for (const item of list.items) {
    const key =
      item.kind === 'map' || item.kind === 'list' ? undefined : `${item.kind}:${'value' in item ? item.value : ''}`;
    if (key === undefined) continue;
    if (seen.has(key))
      throw invalid(item, say`${showPath(path)} names the same entry twice`, say`Remove one of the two.`);
    seen.add(key);
  }
}
