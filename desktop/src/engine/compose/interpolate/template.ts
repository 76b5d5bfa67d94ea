import { say } from '#kit/say.ts';
/** Finds the value of a variable; undefined = unset. */
export type Lookup = (name: string) => string | undefined;

/** Why a text with `$` in it cannot be resolved. The caller knows the place and turns this into an error for people. */
export class TemplateError extends Error {
  readonly reason: 'invalid' | 'required';
  /** For `required`: the variable. */
  readonly variable: string;

  constructor(reason: 'invalid' | 'required', message: string, variable = '') {
    super(message);
    this.name = 'TemplateError';
    this.reason = reason;
    this.variable = variable;
  }
}

/** A variable as a text names it: `operator` is empty, or one such as `:-` with the word behind it, resolved. */
export interface NamedVariable {
  readonly name: string;
  readonly operator: string;
  readonly word: string;
}

export interface Substitution {
  readonly lookup: Lookup;
  /** Called for every variable that is unset and has no default. */
  readonly onUnset?: (name: string) => void;
  /** Told of every variable. Where it is there, one that is required and missing is read as an empty text. */
  readonly onUse?: ((variable: NamedVariable) => void) | undefined;
}

const nameForm = /[A-Za-z_][A-Za-z0-9_]*/y;
const maxDepth = 100;

/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-word}` and the other forms of the specification; `$$` becomes `$`, a `$` that begins none of
 * these stays. Throws TemplateError. A default word is resolved even where it is not used, as the reference tool does.
 */
export function substitute(text: string, how: Substitution, depth = 0): string {
  let at = text.indexOf('$');
  if (at === -1) return text;
  if (depth > maxDepth) throw new TemplateError('invalid', say`defaults are nested deeper than ${maxDepth} levels`);
  let out = '';
  let done = 0;
  const lines = new LineBraces(text);
  for (; at !== -1 && at < text.length; at = text.indexOf('$', done)) {
    out += text.slice(done, at);
    const token = readToken(text, at, lines);
    out += token.literal ?? resolve(token, how, depth);
    done = token.end;
  }
  return out + text.slice(done);
}

interface Token {
  readonly end: number;
  readonly literal?: string;
  readonly name: string;
  readonly operator: string;
  readonly word: string;
}

const literal = (text: string, end: number): Token => ({ end, literal: text, name: '', operator: '', word: '' });

function readToken(text: string, at: number, lines: LineBraces): Token {
  const next = text[at + 1];
  if (next === '$') return literal('$', at + 2);
  if (next === '{') return readBraced(text, at, lines);
  const name = nameAt(text, at + 1);
  return name === '' ? literal('$', at + 1) : { end: at + 1 + name.length, name, operator: '', word: '' };
}

function nameAt(text: string, at: number): string {
  nameForm.lastIndex = at;
  return nameForm.exec(text)?.[0] ?? '';
}

function readBraced(text: string, at: number, lines: LineBraces): Token {
  const name = nameAt(text, at + 2);
  const after = at + 2 + name.length;
  if (name === '') throw new TemplateError('invalid', text);
  if (text[after] === '}') return { end: after + 1, name, operator: '', word: '' };
  const colon = text[after] === ':' ? 1 : 0;
  const operator = text.slice(after, after + colon + 1);
  const last = lines.lastBrace(at);
  if (!/^:?[-+?]$/.test(operator) || last < after + operator.length) throw new TemplateError('invalid', text);
  const close = closingBrace(text, at, last);
  return { end: close + 1, name, operator, word: text.slice(after + operator.length, close) };
}

/** The brace that ends the expression at `at`. The reference tool skips the character after each opening brace, and so do we. */
function closingBrace(text: string, at: number, last: number): number {
  let open = 0;
  for (let index = at; index <= last; index++) {
    if (text[index] === '}' && --open === 0) return index;
    if (text[index] === '{') {
      open++;
      index++;
    }
  }
  return last;
}

/** Where the last closing brace of a line is: an expression has to end on the line it begins on. */
class LineBraces {
  readonly #text: string;
  #end = -1;
  #brace = -1;

  constructor(text: string) {
    this.#text = text;
  }

  lastBrace(at: number): number {
    if (at >= this.#end) {
      const end = this.#text.indexOf('\n', at);
      this.#end = end === -1 ? this.#text.length : end;
      this.#brace = this.#text.lastIndexOf('}', this.#end - 1);
    }
    return this.#brace;
  }
}

function resolve(token: Token, how: Substitution, depth: number): string {
  const { name, operator } = token;
  const value = how.lookup(name);
  if (operator === '') {
    how.onUse?.({ name, operator, word: '' });
    if (value === undefined) how.onUnset?.(name);
    return value ?? '';
  }
  const word = substitute(token.word, how, depth + 1);
  how.onUse?.({ name, operator, word });
  const present = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  switch (operator.at(-1)) {
    case '-':
      return present ? (value ?? '') : word;
    case '+':
      return present ? word : (value ?? '');
    default:
      if (present || how.onUse !== undefined) return value ?? '';
      throw new TemplateError('required', word, name);
  }
}
