import type { Node } from '../tree/node.ts';
import type { Source } from '../tree/source.ts';
import type { ParsedDocument } from './convert.ts';
import { InlineReader, isPlainKey, Unsure } from './inline.ts';

/**
 * Reads the plain part of YAML that nearly every compose file consists of: block maps and lists, values on one line. It exists for
 * speed and knows its limits: undefined means that the text holds more than that, and that the full reader has to look at it.
 */
export function readPlainYaml(source: Source): ParsedDocument | undefined {
  if (notPlain.test(source.text)) return undefined;
  try {
    return new PlainReader(source).read();
  } catch (error) {
    if (error instanceof Unsure) return undefined;
    throw error;
  }
}

/** Control characters, tabs, other line ends, document marks and directives. */
const notPlain = /[^\n\P{Cc}]|[\u2028\u2029\ufeff\p{Cs}]|^(?:---|\.\.\.|%)/mu;

const maxDepth = 40;

class PlainReader {
  readonly #source: Source;
  readonly #text: string;
  readonly #inline: InlineReader;
  /** Per line that holds anything: where its content begins and ends, and how far it is indented. */
  readonly #from: number[] = [];
  readonly #end: number[] = [];
  readonly #indent: number[] = [];
  #line = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#text = source.text;
    this.#inline = new InlineReader(source, 90_000);
    this.#findLines();
  }

  read(): ParsedDocument {
    if (this.#indent[0] !== 0 || this.#isItem()) throw new Unsure();
    const root = this.#map(0, -1, 0);
    if (this.#line < this.#from.length) throw new Unsure();
    return { root, resets: [], octals: this.#inline.octals };
  }

  #findLines(): void {
    const text = this.#text;
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline;
      let from = start;
      while (text[from] === ' ') from++;
      if (from < end && text[from] !== '#') {
        this.#from.push(from);
        this.#end.push(end);
        this.#indent.push(from - start);
      }
      start = end + 1;
    }
  }

  get #currentIndent(): number {
    return this.#indent[this.#line] ?? -1;
  }

  #isItem(): boolean {
    const from = this.#from[this.#line] ?? 0;
    const next = this.#text[from + 1];
    return this.#text[from] === '-' && (next === ' ' || next === '\n' || next === undefined);
  }

  #map(indent: number, keyAt: number, depth: number): Node {
    if (depth > maxDepth) throw new Unsure();
    this.#inline.spend();
    const at = this.#from[this.#line] ?? 0;
    const entries = new Map<string, Node>();
    while (this.#currentIndent === indent) {
      if (this.#isItem()) throw new Unsure();
      const from = this.#from[this.#line] ?? 0;
      const { name, end } = this.#key(from);
      if (entries.has(name)) throw new Unsure();
      entries.set(name, this.#value(end + 1, indent, from, name, depth));
    }
    if (this.#currentIndent > indent) throw new Unsure();
    return { kind: 'map', entries, source: this.#source, at, keyAt };
  }

  /** A key and where its colon stands. */
  #key(from: number): { name: string; end: number } {
    const lineEnd = this.#end[this.#line] ?? 0;
    const first = this.#text[from];
    if (first === '"' || first === "'") {
      const { text, end } = this.#inline.quoted(from, lineEnd);
      if (!this.#isColon(end, lineEnd)) throw new Unsure();
      return { name: text, end };
    }
    const line = this.#text.slice(from, lineEnd);
    const name = line.slice(0, Math.max(0, line.indexOf(':')));
    const end = from + name.length;
    if (!isPlainKey(name) || !this.#isColon(end, lineEnd)) throw new Unsure();
    return { name, end };
  }

  #isColon(at: number, lineEnd: number): boolean {
    return this.#text[at] === ':' && (at + 1 === lineEnd || this.#text[at + 1] === ' ');
  }

  /** The value after a key: on its line, or the block below it. */
  #value(after: number, indent: number, keyAt: number, name: string, depth: number): Node {
    const lineEnd = this.#end[this.#line] ?? 0;
    const at = this.#skip(after, lineEnd);
    if (at < lineEnd) return this.#onLine(at, lineEnd, indent, keyAt, name);
    this.#line++;
    const below = this.#currentIndent;
    if (below > indent)
      return this.#isItem() ? this.#list(below, keyAt, depth + 1) : this.#map(below, keyAt, depth + 1);
    if (below === indent && this.#isItem()) return this.#list(below, keyAt, depth + 1);
    this.#inline.spend();
    return { kind: 'null', source: this.#source, at: keyAt, keyAt };
  }

  /** The offset of what comes next on the line, or the line's end where that is nothing or a comment. */
  #skip(after: number, lineEnd: number): number {
    let at = after;
    while (this.#text[at] === ' ') at++;
    return this.#text[at] === '#' && this.#text[at - 1] === ' ' ? lineEnd : Math.min(at, lineEnd);
  }

  #onLine(at: number, lineEnd: number, indent: number, keyAt: number, name: string): Node {
    const { node, end } = this.#inline.value(at, lineEnd, keyAt, name);
    if (this.#skip(end, lineEnd) < lineEnd) throw new Unsure();
    this.#line++;
    if (this.#currentIndent > indent) throw new Unsure();
    return node;
  }

  #list(indent: number, keyAt: number, depth: number): Node {
    if (depth > maxDepth) throw new Unsure();
    this.#inline.spend();
    const at = this.#from[this.#line] ?? 0;
    const items: Node[] = [];
    while (this.#currentIndent === indent && this.#isItem()) items.push(this.#item(indent, depth));
    if (this.#currentIndent > indent) throw new Unsure();
    return { kind: 'list', items, source: this.#source, at, keyAt };
  }

  #item(indent: number, depth: number): Node {
    const lineEnd = this.#end[this.#line] ?? 0;
    const from = this.#from[this.#line] ?? 0;
    const at = this.#skip(from + 1, lineEnd);
    if (at >= lineEnd || this.#text[at] === '-') throw new Unsure();
    if (!this.#startsMap(at, lineEnd)) return this.#onLine(at, lineEnd, indent, -1, '');
    this.#indent[this.#line] = indent + at - from;
    this.#from[this.#line] = at;
    return this.#map(indent + at - from, -1, depth + 1);
  }

  #startsMap(at: number, lineEnd: number): boolean {
    const first = this.#text[at];
    if (first === '[' || first === '{') return false;
    if (first === '"' || first === "'") return this.#isColon(this.#inline.quoted(at, lineEnd).end, lineEnd);
    const line = this.#text.slice(at, lineEnd);
    const name = line.slice(0, Math.max(0, line.indexOf(':')));
    return isPlainKey(name) && this.#isColon(at + name.length, lineEnd);
  }
}
