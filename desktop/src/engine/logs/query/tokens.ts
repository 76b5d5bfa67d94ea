import { queryError } from './query-error.ts';

export interface Token {
  readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'word' | 'quoted' | 'regex' | 'operator';
  readonly text: string;
  /** Flags of a regular expression. */
  readonly flags?: string;
  /** Index of its first character. */
  readonly at: number;
  /** No space stands before it. */
  readonly joined: boolean;
}

const operator = /^(?:>=|<=|!=|[=<>:~])/;
const keywords = new Map([
  ['or', 'or'],
  ['and', 'and'],
  ['not', 'not'],
] as const);

/** Splits a query into its words. Throws USAGE where a quote or a pattern has no end. */
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
    tokens.push(token.token);
    at = token.end;
  }
  return tokens;
}

interface Read {
  readonly token: Token;
  readonly end: number;
}

/** The token at `at`. Behind an operator nearly everything is a value: a path begins with a slash, a number with a minus. */
function next(query: string, at: number, joined: boolean, behind: string | undefined): Read {
  const rest = query.slice(at);
  const char = rest.charAt(0);
  const one = (kind: Token['kind'], text: string): Read => ({
    token: { kind, text, at, joined },
    end: at + text.length,
  });
  if (char === '"') return quoted(query, at, joined);
  const pattern =
    behind !== undefined && behind !== '~' ? null : /^\/((?:[^/\\]|\\.)+)\/([a-z]*)(?=[\s)]|$)/.exec(rest);
  if (pattern) {
    const [whole, text = '', flags = ''] = pattern;
    return { token: { kind: 'regex', text, flags, at, joined }, end: at + whole.length };
  }
  if (behind !== undefined) return one('word', word(rest, /^[^\s)]+/, query, at));
  if (char === '(') return one('open', char);
  if (char === ')') return one('close', char);
  if (char === '|') return one('or', char);
  if (char === '-' && /^-[^\s]/.test(rest)) return one('not', char);
  const found = operator.exec(rest)?.[0];
  if (found !== undefined) return one('operator', found);
  const text = word(rest, /^[^\s()|"=<>:~!]+|^!/, query, at);
  for (const [name, kind] of keywords) if (text.toLowerCase() === name) return one(kind, text);
  return one('word', text);
}

function word(rest: string, pattern: RegExp, query: string, at: number): string {
  const text = pattern.exec(rest)?.[0];
  if (text === undefined)
    throw queryError(query, at, 'This cannot stand here.', 'Put a text with such characters in quotes.');
  return text;
}

function quoted(query: string, at: number, joined: boolean): Read {
  const found = /^"((?:[^"\\]|\\.)*)"/.exec(query.slice(at));
  if (found === null) throw queryError(query, at, 'This quote has no end.', 'Close it with another ".');
  const [whole, inner = ''] = found;
  return { token: { kind: 'quoted', text: inner.replace(/\\(["\\])/g, '$1'), at, joined }, end: at + whole.length };
}
