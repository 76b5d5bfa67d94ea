import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type Lookup, substitute, TemplateError } from '../interpolate/template.ts';
import type { Source } from '../tree/source.ts';
import type { Warnings } from '../warnings.ts';

const blank = /[ \t\v\f\r\u0085\u00a0]/;
const anySpace = /[\s\u0085]/;
const nameCharacter = /[\p{L}\p{N}_.\-[\]]/u;

/** One assignment of an env file; offsets count UTF-16 units. */
export interface EnvEntry {
  readonly key: string;
  /** Absent for a key without `=` that nothing sets. */
  readonly value?: string;
  /** Without `=`: the value comes from around the file. */
  readonly inherited: boolean;
  /** Where the assignment begins, `export` included. */
  readonly at: number;
  /** From where to where its value is written, quotes included. */
  readonly valueAt: number;
  readonly end: number;
}

/**
 * Parses an env file (`.env`, `env_file`, `label_file`): later keys win. A key without `=` takes its value from `lookup` and is left
 * out where that has none. Warns of variables in values that nothing sets. Throws COMPOSE_INVALID or VARIABLE_MISSING with the place.
 */
export function parseEnvFile(
  source: Source,
  lookup: Lookup,
  warnings: Warnings,
  onEntry?: (entry: EnvEntry) => void,
): Map<string, string> {
  return new EnvFile(source, lookup, warnings, onEntry).parse();
}

/** Parses the `raw` format: every line is `KEY=VALUE`, taken as it stands. */
export function parseRawEnvFile(
  source: Source,
  lookup: Lookup,
  _warnings?: Warnings,
  onEntry?: (entry: EnvEntry) => void,
): Map<string, string> {
  const found = new Map<string, string>();
  let from = source.text.startsWith('\ufeff') ? 1 : 0;
  for (const line of source.text.slice(from).split('\n')) {
    const text = line.replace(/\r$/, '').trimStart();
    const at = from + line.length - line.trimStart().length;
    from += line.length + 1;
    if (text === '' || text.startsWith('#')) continue;
    const split = text.indexOf('=');
    const key = split === -1 ? text : text.slice(0, split);
    if (/\s/.test(key)) throw failAt(source, at, say`the variable "${key}" contains whitespace`);
    const value = split === -1 ? lookup(key) : text.slice(split + 1);
    if (value !== undefined) found.set(key, value);
    const place = { at, valueAt: at + (split === -1 ? key.length : split + 1), end: at + text.length };
    onEntry?.({ key, inherited: split === -1, ...place, ...(value === undefined ? {} : { value }) });
  }
  return found;
}

function failAt(
  source: Source,
  at: number,
  message: string,
  remedy = say`Each line of an env file is NAME=value.`,
): QuaysideError {
  const place = source.place(Math.max(0, at));
  const code =
    message.startsWith('the variable') && message.includes('is not set') ? 'VARIABLE_MISSING' : 'COMPOSE_INVALID';
  return new QuaysideError(code, `${source.display}:${place.line}:${place.column}: ${message}`, {
    remedy,
    details: { place },
  });
}

class EnvFile {
  readonly #source: Source;
  readonly #text: string;
  readonly #lookup: Lookup;
  readonly #warnings: Warnings;
  readonly #onEntry: ((entry: EnvEntry) => void) | undefined;
  readonly #found = new Map<string, string>();
  #at: number;
  /** Where the last value ended, without blanks and comment behind it. */
  #valueEnd = 0;

  constructor(source: Source, lookup: Lookup, warnings: Warnings, onEntry?: (entry: EnvEntry) => void) {
    this.#onEntry = onEntry;
    this.#source = source;
    this.#text = source.text;
    this.#lookup = lookup;
    this.#warnings = warnings;
    this.#at = source.text.startsWith('\ufeff') ? 1 : 0;
  }

  parse(): Map<string, string> {
    while (this.#toStatement()) {
      const at = this.#at;
      const { key, inherited } = this.#key();
      const valueAt = inherited ? this.#at - 1 : this.#at;
      this.#valueEnd = valueAt;
      const value = inherited ? this.#lookup(key) : this.#value();
      if (value !== undefined) this.#found.set(key, value);
      const place = { at, valueAt, end: this.#valueEnd };
      this.#onEntry?.({ key, inherited, ...place, ...(value === undefined ? {} : { value }) });
    }
    return this.#found;
  }

  #toStatement(): boolean {
    for (;;) {
      while (this.#at < this.#text.length && anySpace.test(this.#text[this.#at] ?? '')) this.#at++;
      if (this.#at >= this.#text.length) return false;
      if (this.#text[this.#at] !== '#') return true;
      const end = this.#text.indexOf('\n', this.#at);
      if (end === -1) return false;
      this.#at = end;
    }
  }

  #key(): { key: string; inherited: boolean } {
    const exported = /^export[ \t\v\f\r\u0085\u00a0]+/.exec(this.#text.slice(this.#at, this.#at + 64));
    if (exported !== null) this.#at += exported[0].length;
    const start = this.#at;
    const end = this.#keyEnd(start);
    const key = this.#text.slice(start, end).trimEnd();
    if (key.includes(' ')) throw failAt(this.#source, start, say`a variable name cannot contain a space: "${key}"`);
    const inherited = end >= this.#text.length || this.#text[end] === '\n';
    this.#at = end + 1;
    if (!inherited) while (blank.test(this.#text[this.#at] ?? '')) this.#at++;
    return { key, inherited };
  }

  #keyEnd(start: number): number {
    let at = start;
    while (at < this.#text.length) {
      const character = String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
      if (character === '=' || character === ':' || character === '\n') break;
      if (!blank.test(character) && !nameCharacter.test(character)) {
        throw failAt(this.#source, at, say`unexpected character "${character}" in a variable name`);
      }
      at += character.length;
    }
    return at;
  }

  #value(): string {
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") return this.#quoted(quote);
    const lineEnd = this.#text.indexOf('\n', this.#at);
    const end = lineEnd === -1 ? this.#text.length : lineEnd;
    const start = this.#at;
    const line = this.#text.slice(start, end);
    this.#at = end;
    const comment = line.search(/ #/);
    const text = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
    this.#valueEnd = start + text.length;
    return this.#expand(text, start);
  }

  #quoted(quote: '"' | "'"): string {
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text[at];
      if (character === '\\' && !escaped) escaped = true;
      else if (character === quote && !escaped) {
        this.#at = at + 1;
        this.#valueEnd = this.#at;
        return this.#unquote(this.#text.slice(start + 1, at), quote, start);
      } else escaped = false;
    }
    throw failAt(this.#source, start, say`the quoted value has no end`, say`Close it with ${quote}.`);
  }

  #unquote(body: string, quote: '"' | "'", start: number): string {
    if (quote === "'") return body.replaceAll("\\'", "'");
    return this.#expand(expandEscapes(body), start);
  }

  #expand(text: string, start: number): string {
    if (!text.includes('$')) return text;
    try {
      return substitute(text, {
        lookup: (name) => this.#lookup(name) ?? this.#found.get(name),
        onUnset: (name) => {
          this.#warnings.unset(name, { source: this.#source, at: start, keyAt: start });
        },
      });
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      if (error.reason === 'required') {
        throw failAt(
          this.#source,
          start,
          say`the variable ${error.variable} is not set: ${error.message}`,
          say`Set ${error.variable}.`,
        );
      }
      throw failAt(
        this.#source,
        start,
        say`not a valid variable expression`,
        say`Write \${NAME}; a $ that is meant as such is written $$.`,
      );
    }
  }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  $: '$$',
};

/** Escapes of a double-quoted value. `\$` becomes `$$`, so that the expansion after it yields one `$`. */
function expandEscapes(text: string): string {
  return text.replace(/\\(0\d{0,3}|[abfnrtv\\"$])/g, (_, code: string) =>
    code.startsWith('0') ? octal(code.slice(1)) : (escapes[code] ?? code),
  );
}

/** Three octal digits are one byte; of fewer or other ones only the zero is dropped. Bytes beyond ASCII are no valid UTF-8. */
function octal(digits: string): string {
  const code = Number.parseInt(digits, 8);
  if (!/^[0-3][0-7]{2}$/.test(digits)) return `\\${digits}`;
  return code < 0x80 ? String.fromCharCode(code) : '\ufffd';
}
