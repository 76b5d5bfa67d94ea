/** Says where in a filter something is wrong: `at` counts characters from 0. */
export class QueryMistake extends Error {
  readonly at: number;
  readonly remedy: string;

  constructor(at: number, cause: string, remedy: string) {
    super(cause);
    this.at = at;
    this.remedy = remedy;
  }
}

/** A word of the language in which log lines are filtered. */
export interface Token {
  readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'word' | 'quoted' | 'regex' | 'operator';
  readonly text: string;
  /** Flags of a regular expression. */
  readonly flags?: string;
  /** Index of its first character. */
  readonly at: number;
  /** Behind its last character. */
  readonly end: number;
  /** No space stands before it. */
  readonly joined: boolean;
}

const operator = /^(?:>=|<=|!=|[=<>:~])/;
const keywords = new Map([
  ['or', 'or'],
  ['and', 'and'],
  ['not', 'not'],
] as const);

/** Splits a query into its words. Throws a QueryMistake where a quote has no end. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const space = /^\s+/.exec(query.slice(at))?.[0].length ?? 0;
    at += space;
    if (at >= query.length) break;
    const last = tokens.at(-1);
    const joined = space === 0 && last !== undefined;
    const token = next(query, at, joined, joined && last.kind === 'operator' ? last.text : undefined);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** The token at `at`. Behind an operator nearly everything is a value: a path begins with a slash, a number with a minus. */
function next(query: string, at: number, joined: boolean, behind: string | undefined): Token {
  const rest = query.slice(at);
  const char = rest.charAt(0);
  const one = (kind: Token['kind'], text: string): Token => ({ kind, text, at, end: at + text.length, joined });
  if (char === '"') return quoted(query, at, joined);
  const pattern =
    behind !== undefined && behind !== '~' ? null : /^\/((?:[^/\\]|\\.)+)\/([a-z]*)(?=[\s)]|$)/.exec(rest);
  if (pattern) {
    const [whole, text = '', flags = ''] = pattern;
    return { kind: 'regex', text, flags, at, end: at + whole.length, joined };
  }
  if (behind !== undefined) return one('word', word(rest, /^[^\s)]+/, at));
  if (char === '(') return one('open', char);
  if (char === ')') return one('close', char);
  if (char === '|') return one('or', char);
  if (char === '-' && /^-[^\s]/.test(rest)) return one('not', char);
  const found = operator.exec(rest)?.[0];
  if (found !== undefined) return one('operator', found);
  const text = word(rest, /^[^\s()|"=<>:~!]+|^!/, at);
  for (const [name, kind] of keywords) if (text.toLowerCase() === name) return one(kind, text);
  return one('word', text);
}

function word(rest: string, pattern: RegExp, at: number): string {
  const text = pattern.exec(rest)?.[0];
  if (text === undefined)
    throw new QueryMistake(at, 'This cannot stand here.', 'Put a text with such characters in quotes.');
  return text;
}

function quoted(query: string, at: number, joined: boolean): Token {
  const found = /^"((?:[^"\\]|\\.)*)"/.exec(query.slice(at));
  if (found === null) throw new QueryMistake(at, 'This quote has no end.', 'Close it with another ".');
  const [whole, inner = ''] = found;
  return { kind: 'quoted', text: inner.replace(/\\(["\\])/g, '$1'), at, end: at + whole.length, joined };
}
