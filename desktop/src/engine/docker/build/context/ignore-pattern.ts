import { translateGoRegexp } from './go-regexp.ts';
import { IgnorePatternError } from './ignore-error.ts';

/** One rule of an ignore file, ready to be asked. Paths are relative to the context, with forward slashes. */
export interface IgnorePattern {
  /** The cleaned pattern, without a leading `!`. */
  readonly text: string;
  /** `!`: what it matches is sent after all. */
  readonly reinclude: boolean;
  matches(path: string): boolean;
}

/**
 * Compiles one cleaned pattern with the meaning that the reference builder gives it: Go's filepath.Match decides whether it
 * is valid, but a regular expression made from it decides what it matches, and the two differ at the edges.
 */
export function compilePattern(cleaned: string): IgnorePattern {
  const reinclude = cleaned.startsWith('!');
  const text = reinclude ? cleaned.slice(1) : cleaned;
  if (text === '' || !isValidGlob(text)) throw new IgnorePatternError(cleaned);
  const compiled = new PatternCompiler(text).compile();
  return { text, reinclude, matches: compiled };
}

type Kind = 'exact' | 'prefix' | 'suffix' | 'regexp';

class PatternCompiler {
  #kind: Kind = 'exact';
  #source = '^';
  #offset = 0;
  readonly #text: string;
  readonly #chars: readonly string[];

  constructor(text: string) {
    this.#text = text;
    this.#chars = Array.from(text);
  }

  compile(): (path: string) => boolean {
    for (let turn = 0; this.#offset < this.#chars.length; turn += 1) this.#one(turn === 0);
    const text = this.#text;
    switch (this.#kind) {
      case 'exact':
        return (path) => path === text;
      case 'prefix':
        return (path) => path.startsWith(text.slice(0, -2));
      case 'suffix': {
        const suffix = text.slice(2);
        return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
      }
      case 'regexp': {
        const regexp = translateGoRegexp(`${this.#source}$`);
        return (path) => regexp.test(path);
      }
    }
  }

  #peek(): string | undefined {
    return this.#chars[this.#offset];
  }

  #one(first: boolean): void {
    const char = this.#chars[this.#offset] ?? '';
    this.#offset += 1;
    if (char === '*') this.#star(first);
    else if (char === '?') this.#emit('[^/]');
    else if (char === '[' || char === ']') this.#emit(char);
    else if (char === '\\') this.#escape();
    else if ('.+()|{}$'.includes(char)) this.#source += `\\${char}`;
    else this.#source += char;
  }

  #emit(source: string): void {
    this.#source += source;
    this.#kind = 'regexp';
  }

  #escape(): void {
    const next = this.#peek() ?? '';
    this.#offset += 1;
    this.#emit(`\\${next}`);
  }

  #star(first: boolean): void {
    if (this.#peek() !== '*') {
      this.#emit('[^/]*');
      return;
    }
    this.#offset += 1;
    if (this.#peek() === '/') this.#offset += 1;
    if (this.#peek() !== undefined) this.#emit('(.*/)?');
    else if (this.#kind === 'exact') this.#kind = 'prefix';
    else this.#emit('.*');
    if (first) this.#kind = 'suffix';
  }
}

/** What Go's filepath.Match accepts: balanced brackets that are not empty, no dangling escape. */
function isValidGlob(text: string): boolean {
  const chars = Array.from(text);
  let at = 0;
  const member = (): boolean => {
    if (chars[at] === undefined || chars[at] === '-' || chars[at] === ']') return false;
    if (chars[at] === '\\') at += 1;
    if (chars[at] === undefined) return false;
    at += 1;
    return chars[at] !== undefined;
  };
  const bracket = (): boolean => {
    if (chars[at] === '^') at += 1;
    for (let count = 0; count === 0 || chars[at] !== ']'; count += 1) {
      if (!member()) return false;
      if (chars[at] !== '-') continue;
      at += 1;
      if (!member()) return false;
    }
    at += 1;
    return true;
  };
  while (at < chars.length) {
    const char = chars[at];
    at += 1;
    if (char === '[' && !bracket()) return false;
    if (char !== '\\') continue;
    if (chars[at] === undefined) return false;
    at += 1;
  }
  return true;
}
