import type { Node } from '../tree/node.ts';
import type { Source } from '../tree/source.ts';
import type { OctalTrap } from './convert.ts';
import { looksOctal, plainScalar } from './scalar.ts';

/** Thrown where a text is not surely plain: the full YAML reader takes over then. */
export class Unsure extends Error {}

const plainStart = /[A-Za-z0-9_./~$+\u00a1-\ud7ff-]/;
const flowEnd = new Set([',', '[', ']', '{', '}']);

export interface Inline {
  readonly node: Node;
  /** Offset after the value. */
  readonly end: number;
}

/** Reads values that begin and end on one line: plain and quoted scalars, `[…]` and `{…}`. */
export class InlineReader {
  readonly #source: Source;
  readonly #text: string;
  readonly octals: OctalTrap[] = [];
  #budget: number;

  constructor(source: Source, maxNodes: number) {
    this.#source = source;
    this.#text = source.text;
    this.#budget = maxNodes;
  }

  /** Counts a value; too many are for the full reader to refuse. */
  spend(): void {
    if (--this.#budget < 0) throw new Unsure();
  }

  /** The value at `at`; `name` is its key, `lineEnd` where its line ends. */
  value(at: number, lineEnd: number, keyAt: number, name: string): Inline {
    const first = this.#text[at] ?? '';
    if (first === '"' || first === "'") return this.#quotedNode(at, lineEnd, keyAt);
    if (first === '[' || first === '{') return this.#flow(at, lineEnd, keyAt, 1);
    const line = this.#text.slice(at, lineEnd);
    const comment = line.indexOf(' #');
    const end = comment === -1 ? lineEnd : at + comment;
    const text = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
    if (text.includes(': ') || text.endsWith(':')) throw new Unsure();
    return { node: this.#plain(text, at, keyAt, name), end };
  }

  #plain(text: string, at: number, keyAt: number, name: string): Node {
    this.spend();
    if (!plainStart.test(text[0] ?? '') || /^-(?:$|[ ,[\]{}])/.test(text)) throw new Unsure();
    const where = { source: this.#source, at, keyAt };
    const made = plainScalar(text);
    if (made.kind === 'int' && looksOctal(text) && name !== 'mode')
      this.octals.push({ where, text, value: made.value });
    return { ...made, ...where };
  }

  #quotedNode(at: number, lineEnd: number, keyAt: number): Inline {
    this.spend();
    const { text, end } = this.quoted(at, lineEnd);
    return { node: { kind: 'string', value: text, source: this.#source, at, keyAt }, end };
  }

  /** A quoted text without escapes that ends on its line. */
  quoted(at: number, lineEnd: number): { text: string; end: number } {
    const quote = this.#text[at] ?? '';
    const line = this.#text.slice(at + 1, lineEnd);
    const length = line.indexOf(quote);
    const close = at + 1 + length;
    const text = line.slice(0, length);
    if (length === -1 || text.includes('\\') || this.#text[close + 1] === quote) throw new Unsure();
    return { text, end: close + 1 };
  }

  #flow(at: number, lineEnd: number, keyAt: number, depth: number): Inline {
    this.spend();
    if (depth > 20) throw new Unsure();
    return this.#text[at] === '['
      ? this.#flowList(at, lineEnd, keyAt, depth)
      : this.#flowMap(at, lineEnd, keyAt, depth);
  }

  #flowList(at: number, lineEnd: number, keyAt: number, depth: number): Inline {
    const items: Node[] = [];
    let end = this.#skip(at + 1, lineEnd);
    while (this.#text[end] !== ']') {
      const item = this.#flowValue(end, lineEnd, -1, '', depth);
      items.push(item.node);
      end = this.#afterItem(item.end, lineEnd, ']');
    }
    return { node: { kind: 'list', items, source: this.#source, at, keyAt }, end: end + 1 };
  }

  #flowMap(at: number, lineEnd: number, keyAt: number, depth: number): Inline {
    const entries = new Map<string, Node>();
    let end = this.#skip(at + 1, lineEnd);
    while (this.#text[end] !== '}') {
      const ownKeyAt = end;
      const key = this.#flowKey(end, lineEnd);
      if (entries.has(key.text)) throw new Unsure();
      end = this.#skip(key.end + 1, lineEnd);
      const next = this.#text[end];
      if (next === ',' || next === '}') {
        this.spend();
        entries.set(key.text, { kind: 'null', source: this.#source, at: ownKeyAt, keyAt: ownKeyAt });
      } else {
        const item = this.#flowValue(end, lineEnd, ownKeyAt, key.text, depth);
        entries.set(key.text, item.node);
        end = item.end;
      }
      end = this.#afterItem(end, lineEnd, '}');
    }
    return { node: { kind: 'map', entries, source: this.#source, at, keyAt }, end: end + 1 };
  }

  /** Where the next item begins, or the closing bracket stands. */
  #afterItem(at: number, lineEnd: number, close: string): number {
    const end = this.#skip(at, lineEnd);
    if (this.#text[end] === close) return end;
    if (this.#text[end] !== ',') throw new Unsure();
    const next = this.#skip(end + 1, lineEnd);
    if (this.#text[next] === close) throw new Unsure();
    return next;
  }

  /** A key in `{…}`; `end` is where its colon stands. */
  #flowKey(at: number, lineEnd: number): { text: string; end: number } {
    const first = this.#text[at];
    if (first === '"' || first === "'") {
      const key = this.quoted(at, lineEnd);
      if (!this.#isColon(key.end)) throw new Unsure();
      return key;
    }
    const end = this.#flowPlainEnd(at, lineEnd);
    const text = this.#text.slice(at, end);
    if (!isPlainKey(text) || !this.#isColon(end)) throw new Unsure();
    return { text, end };
  }

  #isColon(at: number): boolean {
    return this.#text[at] === ':' && this.#text[at + 1] === ' ';
  }

  #flowValue(at: number, lineEnd: number, keyAt: number, name: string, depth: number): Inline {
    const first = this.#text[at] ?? '';
    if (first === '[' || first === '{') return this.#flow(at, lineEnd, keyAt, depth + 1);
    if (first === '"' || first === "'") return this.#quotedNode(at, lineEnd, keyAt);
    const end = this.#flowPlainEnd(at, lineEnd);
    if (this.#text[end] === ':') throw new Unsure();
    return { node: this.#plain(this.#text.slice(at, end).trimEnd(), at, keyAt, name), end };
  }

  #flowPlainEnd(at: number, lineEnd: number): number {
    for (let end = at; end < lineEnd; end++) {
      const character = this.#text[end] ?? '';
      if (flowEnd.has(character)) return end;
      if (character === '#' && this.#text[end - 1] === ' ') throw new Unsure();
      if (character === ':' && !/[^ ,[\]{}\n]/.test(this.#text[end + 1] ?? ' ')) return end;
    }
    throw new Unsure();
  }

  #skip(at: number, lineEnd: number): number {
    let end = at;
    while (this.#text[end] === ' ') end++;
    if (end >= lineEnd) throw new Unsure();
    return end;
  }
}

/** A key that is a text without quotes, whatever stands around it. */
export const isPlainKey = (text: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(text) && plainScalar(text).kind === 'string';
