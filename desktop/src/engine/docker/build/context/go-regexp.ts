import { IgnorePatternError } from './ignore-error.ts';

/** Names of the POSIX classes that Go's regular expressions know inside brackets, as ASCII ranges. */
const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const perlClasses: Readonly<Record<string, string>> = {
  d: '0-9',
  s: '\\t\\n\\f\\r ',
  w: '0-9A-Za-z_',
};

const controlEscapes: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * Translates a regular expression in Go's syntax, as far as ignore patterns can produce it, into one of JavaScript. The two
 * differ in brackets, escapes and the dot; ignore rules depend on those differences, so they are kept.
 */
export function translateGoRegexp(source: string): RegExp {
  const reader = new Reader(source);
  let target = '';
  while (!reader.done) {
    const char = reader.next();
    if (char === '[') target += bracket(reader);
    else if (char === '\\') target += escape(reader);
    else if (char === '.') target += '[^\\n]';
    else if ('^$*+?()|'.includes(char)) target += char;
    else target += literal(char);
  }
  return new RegExp(target, 'u');
}

class Reader {
  #offset = 0;
  readonly #chars: readonly string[];
  readonly source: string;

  constructor(source: string) {
    this.source = source;
    this.#chars = Array.from(source);
  }

  get done(): boolean {
    return this.#offset >= this.#chars.length;
  }

  peek(ahead = 0): string | undefined {
    return this.#chars[this.#offset + ahead];
  }

  next(): string {
    const char = this.#chars[this.#offset];
    if (char === undefined) throw new IgnorePatternError(this.source);
    this.#offset += 1;
    return char;
  }

  /** The name of `[:name:]` when one stands here, consumed. */
  posixName(): string | undefined {
    if (this.peek() !== '[' || this.peek(1) !== ':') return undefined;
    const rest = this.#chars.slice(this.#offset + 2).join('');
    const end = rest.indexOf(':]');
    if (end < 0) return undefined;
    const name = rest.slice(0, end);
    this.#offset += 4 + Array.from(name).length;
    return name;
  }
}

function literal(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

function escape(reader: Reader): string {
  const char = reader.next();
  if (char === 'b' || char === 'B') return `\\${char}`;
  if (char === 'A') return '^';
  if (char === 'z') return '$';
  const set = perlClasses[char.toLowerCase()];
  if (set !== undefined) return char === char.toLowerCase() ? `[${set}]` : `[^${set}]`;
  return literal(escapedChar(char, reader.source));
}

/** The single character that `\char` stands for; Go refuses escapes of letters without a meaning. */
function escapedChar(char: string, source: string): string {
  const control = controlEscapes[char];
  if (control !== undefined) return String.fromCodePoint(control);
  if (/[0-9A-Za-z]/.test(char) || (char.codePointAt(0) ?? 0) > 0x7f) throw new IgnorePatternError(source);
  return char;
}

/** Reads behind an opening bracket up to the closing one. */
function bracket(reader: Reader): string {
  const negated = reader.peek() === '^';
  if (negated) reader.next();
  const parts: string[] = [];
  for (let first = true; first || reader.peek() !== ']'; first = false) parts.push(bracketPart(reader));
  reader.next();
  return `[${negated ? '^' : ''}${parts.join('')}]`;
}

function bracketPart(reader: Reader): string {
  const name = reader.posixName();
  if (name !== undefined) {
    const inverted = name.startsWith('^');
    const set = posixClasses[inverted ? name.slice(1) : name];
    if (set === undefined) throw new IgnorePatternError(reader.source);
    return inverted ? complement(set) : set;
  }
  if (reader.peek() === '\\' && perlClasses[(reader.peek(1) ?? '').toLowerCase()] !== undefined) {
    reader.next();
    const letter = reader.next();
    const set = perlClasses[letter.toLowerCase()] ?? '';
    return letter === letter.toLowerCase() ? set : complement(set);
  }
  const low = bracketChar(reader);
  if (reader.peek() !== '-' || reader.peek(1) === ']' || reader.peek(1) === undefined) return literal(low);
  reader.next();
  const high = bracketChar(reader);
  if ((high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0)) throw new IgnorePatternError(reader.source);
  return `${literal(low)}-${literal(high)}`;
}

function bracketChar(reader: Reader): string {
  const char = reader.next();
  return char === '\\' ? escapedChar(reader.next(), reader.source) : char;
}

/** The ASCII set turned round, as ranges usable inside brackets. */
function complement(set: string): string {
  const member = new RegExp(`[${set}]`, 'u');
  let ranges = '\\u{80}-\\u{10ffff}';
  for (let code = 0; code < 0x80; code += 1) {
    const char = String.fromCodePoint(code);
    if (!member.test(char)) ranges += literal(char);
  }
  return ranges;
}
