import { QueryMistake, type Token, tokenize } from '#kit/query-tokens.ts';
import { say } from '#kit/say.ts';
import type { Expression } from './expression.ts';
import { fieldExpression } from './fields.ts';
import { queryError } from './query-error.ts';
import { patternExpression, textExpression } from './text-pattern.ts';

const MAX_DEPTH = 50;

/**
 * Reads a filter such as `status>=500 path=/api/chat -"cache miss" (service=backend or level>=warn)`. Words beside each
 * other all have to hold, `or` stands between ways, `-` and `not` turn round. Throws USAGE with the place of the mistake.
 */
export function parseQuery(query: string, nowMs: number): Expression {
  const parser = new Parser(query, nowMs);
  return parser.whole();
}

function tokensOf(query: string): readonly Token[] {
  try {
    return tokenize(query);
  } catch (error) {
    throw error instanceof QueryMistake ? queryError(query, error.at, error.message, error.remedy) : error;
  }
}

class Parser {
  private readonly query: string;
  private readonly nowMs: number;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(query: string, nowMs: number) {
    this.query = query;
    this.nowMs = nowMs;
    this.tokens = tokensOf(query);
  }

  whole(): Expression {
    if (this.tokens.length === 0) return { kind: 'all', of: [] };
    const expression = this.ways();
    const left = this.tokens[this.at];
    if (left !== undefined)
      throw this.mistake(left, say`Nothing opened what is closed here.`, say`Remove the bracket, or open one before.`);
    return expression;
  }

  private ways(): Expression {
    const of = [this.together()];
    while (this.take('or') !== undefined) of.push(this.together());
    const [only, ...more] = of;
    return only !== undefined && more.length === 0 ? only : { kind: 'any', of };
  }

  private together(): Expression {
    const of = [this.one()];
    for (;;) {
      const next = this.tokens[this.at];
      if (next === undefined || next.kind === 'or' || next.kind === 'close') break;
      if (next.kind === 'and') this.at += 1;
      of.push(this.one());
    }
    const [only, ...more] = of;
    return only !== undefined && more.length === 0 ? only : { kind: 'all', of };
  }

  private one(): Expression {
    const token = this.tokens[this.at];
    if (token === undefined) throw this.end();
    this.at += 1;
    switch (token.kind) {
      case 'not':
        return { kind: 'not', of: this.deeper(() => this.one()) };
      case 'open':
        return this.deeper(() => this.inBrackets());
      case 'regex':
        return patternExpression(token.text, token.flags ?? '');
      case 'quoted':
        return this.named(token) ?? textExpression(token.text);
      case 'word':
        return this.named(token) ?? textExpression(token.text);
      default:
        throw this.mistake(
          token,
          say`Here something to look for is missing.`,
          say`Put words, "a text", /a pattern/ or field=value.`,
        );
    }
  }

  private inBrackets(): Expression {
    const inner = this.ways();
    if (this.take('close') === undefined) throw this.end();
    return inner;
  }

  /** `name operator value`, without spaces. */
  private named(name: Token): Expression | undefined {
    const operator = this.tokens[this.at];
    if (operator?.kind !== 'operator' || !operator.joined) return undefined;
    const value = this.tokens[this.at + 1];
    if (value === undefined || !value.joined || !['word', 'quoted', 'regex'].includes(value.kind)) {
      throw this.mistake(
        operator,
        say`A value is missing.`,
        say`Put it right behind, such as ${`${name.text}${operator.text}500`}.`,
      );
    }
    this.at += 2;
    try {
      return fieldExpression(name.text, operator.text, value, this.nowMs);
    } catch (error) {
      throw this.mistake(value, error instanceof Error ? error.message : String(error), remedyOf(error));
    }
  }

  private take(kind: Token['kind']): Token | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== kind) return undefined;
    this.at += 1;
    return token;
  }

  private deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw queryError(
        this.query,
        0,
        say`It is nested too deep.`,
        say`Use at most ${MAX_DEPTH} brackets in each other.`,
      );
    }
    const result = read();
    this.depth -= 1;
    return result;
  }

  private end(): Error {
    return queryError(
      this.query,
      this.query.length,
      say`Something is missing.`,
      say`Complete the filter, or close its bracket.`,
    );
  }

  private mistake(token: Token, cause: string, remedy: string): Error {
    return queryError(this.query, token.at, cause, remedy);
  }
}

function remedyOf(error: unknown): string {
  const known = typeof error === 'object' && error !== null && 'remedy' in error ? error.remedy : undefined;
  return typeof known === 'string' ? known : say`Correct the value.`;
}
