import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import { say } from '#kit/say.ts';
import { invalid, invalidKey, unsupported } from '../errors.ts';
import { listOf, type MapNode, mapOf, type Node, nullOf, type Origin } from '../tree/node.ts';
import { type Path, showPath } from '../tree/path.ts';
import type { Source } from '../tree/source.ts';
import { looksOctal, plainScalar, type Scalar, taggedScalar } from './scalar.ts';

/** One YAML document: its tree, the paths at which `!reset` and `!override` stood, and plain scalars that read as octal. */
export interface ParsedDocument {
  readonly root: Node;
  readonly resets: readonly Path[];
  readonly octals: readonly OctalTrap[];
}

export interface OctalTrap {
  readonly where: Origin;
  readonly text: string;
  readonly value: bigint;
}

interface Anchor {
  readonly node: Node | undefined;
  /** How many nodes stand behind it, aliases counted in full. */
  readonly size: number;
  /** Tagged paths within, relative to the anchor. */
  readonly resets: readonly Path[];
}

const maxDepth = 50;
const maxNodes = 100_000;

export const tooDeep = (where: Origin) =>
  invalid(
    where,
    say`values are nested deeper than ${maxDepth} levels`,
    say`Flatten them: no compose file needs that many.`,
  );

/** Turns the YAML library's nodes of one document into ours; an alias costs as much as what it repeats, so bombs end at the cap. */
export class Conversion {
  readonly #source: Source;
  readonly #anchors = new Map<string, Anchor | 'open'>();
  readonly #resets: Path[] = [];
  readonly #octals: OctalTrap[] = [];
  readonly #budget: { spent: number };

  /** Documents of one file share a budget. */
  constructor(source: Source, budget: { spent: number }) {
    this.#source = source;
    this.#budget = budget;
  }

  document(contents: unknown): ParsedDocument {
    const top: Origin = { source: this.#source, at: 0, keyAt: -1 };
    const root = this.#convert(contents, top, []) ?? nullOf(top);
    return { root, resets: this.#resets, octals: this.#octals };
  }

  /** Undefined for a node that `!reset` removes. */
  #convert(node: unknown, parent: Origin, path: Path): Node | undefined {
    const where: Origin = { source: this.#source, at: placeOf(node, parent), keyAt: parent.keyAt };
    this.#spend(1, where);
    if (path.length > maxDepth) throw tooDeep(where);
    if (isAlias(node)) return this.#alias(node.source, where, path);
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor === undefined) return this.#value(node, where, path);
    const before = this.#budget.spent;
    const resetsBefore = this.#resets.length;
    this.#anchors.set(anchor, 'open');
    const made = this.#value(node, where, path);
    const resets = this.#resets.slice(resetsBefore).map((reset) => reset.slice(path.length));
    this.#anchors.set(anchor, { node: made, size: this.#budget.spent - before, resets });
    return made;
  }

  #spend(nodes: number, where: Origin): void {
    this.#budget.spent += nodes;
    if (this.#budget.spent > maxNodes) {
      throw invalid(
        where,
        say`the file has more than ${maxNodes} values once its aliases are expanded`,
        say`Aliases that repeat aliases grow without bound; remove them or split the file.`,
      );
    }
  }

  #alias(name: string, where: Origin, path: Path): Node | undefined {
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) throw invalid(where, say`unknown anchor "${name}"`, say`Define it earlier as &${name}.`);
    if (anchor === 'open') throw invalid(where, say`anchor "${name}" contains itself`);
    this.#spend(anchor.size, where);
    for (const reset of anchor.resets) this.#resets.push([...path, ...reset]);
    return anchor.node === undefined ? undefined : { ...anchor.node, keyAt: where.keyAt };
  }

  #value(node: unknown, where: Origin, path: Path): Node | undefined {
    if (node === null || node === undefined) return nullOf(where);
    const tag = isMap(node) || isSeq(node) || isScalar(node) ? node.tag : undefined;
    if (tag === '!reset' || tag === '!override') this.#resets.push(path);
    if (tag === '!reset') return undefined;
    if (isMap(node)) return this.#map(node.items, where, path);
    if (isSeq(node)) return this.#list(node.items, where, path);
    if (isScalar(node)) {
      const plain = node.type === 'PLAIN';
      const text = plain ? (node.source ?? '') : String(node.value);
      return this.#scalar(text, plain, tag, where, path);
    }
    if (isPair(node)) return this.#map([node], where, path);
    throw invalid(where, say`this kind of YAML value is not allowed here`);
  }

  #scalar(text: string, plain: boolean, tag: string | undefined, where: Origin, path: Path): Node {
    const known = tag?.startsWith('tag:yaml.org,2002:') === true ? tag.slice('tag:yaml.org,2002:'.length) : undefined;
    if (known !== undefined) {
      const made = taggedScalar(known, text);
      if (made === undefined) throw unsupported(where, say`the YAML tag !!${known} is not supported for "${text}"`);
      return { ...made, ...where };
    }
    const made: Scalar = plain && tag === undefined ? plainScalar(text) : { kind: 'string', value: text };
    if (made.kind === 'int' && plain && looksOctal(text) && path.at(-1) !== 'mode') {
      this.#octals.push({ where, text, value: made.value });
    }
    return { ...made, ...where };
  }

  #list(items: readonly unknown[], where: Origin, path: Path): Node {
    const made: Node[] = [];
    const below: Origin = { source: this.#source, at: where.at, keyAt: -1 };
    for (const [index, item] of items.entries()) {
      const node = this.#convert(item, below, [...path, `[${index}]`]);
      if (node !== undefined) made.push(node);
    }
    return listOf(where, made);
  }

  #map(pairs: readonly { key: unknown; value: unknown }[], where: Origin, path: Path): MapNode {
    const entries = new Map<string, Node>();
    const firstAt = new Map<string, number>();
    const merges: { node: Node | undefined; where: Origin }[] = [];
    for (const { key, value } of pairs) {
      const name = this.#key(key, where, path);
      const keyAt = startOf(key) ?? where.at;
      const below: Origin = { source: this.#source, at: endOf(key) ?? keyAt, keyAt };
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        if (merges.length > 0)
          throw invalidKey(below, say`a map has two merge keys (<<)`, say`Write one with a list of maps.`);
        merges.push({ node: this.#convert(value, below, [...path, '<<']), where: below });
        continue;
      }
      const first = firstAt.get(name);
      if (first !== undefined) {
        const line = this.#source.place(first).line;
        throw invalidKey(below, say`"${name}" is already defined on line ${line}`, say`Remove one of the two.`);
      }
      firstAt.set(name, keyAt);
      const node = this.#convert(value, below, [...path, name]);
      if (node !== undefined) entries.set(name, node);
    }
    for (const merge of merges) mergeKey(entries, firstAt, merge.node, merge.where);
    return mapOf(where, entries);
  }

  #key(key: unknown, where: Origin, path: Path): string {
    if (isAlias(key)) {
      const target = this.#anchors.get(key.source);
      if (target !== undefined && target !== 'open' && target.node?.kind === 'string') return target.node.value;
    }
    const at = { ...where, at: startOf(key) ?? where.at, keyAt: startOf(key) ?? where.at };
    if (!isScalar(key)) throw invalid(at, say`a key in ${showPath(path) || say`the document`} is not a text`);
    const text = String(key.value);
    if (key.anchor !== undefined) {
      this.#anchors.set(key.anchor, { node: { kind: 'string', value: text, ...at }, size: 1, resets: [] });
    }
    if (key.type !== 'PLAIN' || text === '<<') return text;
    if (plainScalar(key.source ?? '').kind === 'string') return text;
    throw invalid(
      at,
      say`the key ${text || '(empty)'} in ${showPath(path) || say`the document`} is not a text`,
      say`Quote it: "${text}".`,
    );
  }
}

/** Fills in what `<<` brings; keys written in the map itself win, and of several maps in a list the earlier one. */
function mergeKey(
  entries: Map<string, Node>,
  own: ReadonlyMap<string, number>,
  node: Node | undefined,
  where: Origin,
): void {
  const maps = node?.kind === 'list' ? node.items : [node];
  for (const map of maps) {
    if (map?.kind !== 'map') throw invalid(map ?? where, say`a merge key (<<) takes a map or a list of maps`);
    for (const [key, value] of map.entries) {
      if (!own.has(key) && !entries.has(key)) entries.set(key, value);
    }
  }
}

function rangeOf(node: unknown): readonly number[] | undefined {
  if (!(isAlias(node) || isMap(node) || isSeq(node) || isScalar(node))) return undefined;
  return node.range ?? undefined;
}
/** Where a value is; one that is not there is where its key is. */
function placeOf(node: unknown, parent: Origin): number {
  const missing = node === null || (isScalar(node) && node.type === 'PLAIN' && node.source === '');
  return missing && parent.keyAt >= 0 ? parent.keyAt : (startOf(node) ?? parent.at);
}

const startOf = (node: unknown): number | undefined => rangeOf(node)?.[0];
const endOf = (node: unknown): number | undefined => rangeOf(node)?.[1];
