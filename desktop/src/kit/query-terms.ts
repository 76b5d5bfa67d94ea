import { QueryMistake, type Token, tokenize } from './query-tokens.ts';

/** A condition on one field, in the words of the filter language. */
export interface Condition {
  readonly name: string;
  readonly operator: '=' | '!=' | '>' | '>=' | '<' | '<=' | ':';
  readonly value: string;
  /** Turned round: also lines without the field pass. */
  readonly not?: boolean;
}

const plainName = /^[\w.$@][\w.$@/-]*$/;
const plainValue = /^[^\s()"=~][^\s()"]*$/;
const keyword = /^(?:or|and|not)$/i;

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A text that is looked for as it stands. */
export function textTerm(text: string): string {
  return quoted(text);
}

/** A condition as it is written in a filter. */
export function conditionText({ name, operator, value, not = false }: Condition): string {
  const shownName = plainName.test(name) && !keyword.test(name) ? name : quoted(name);
  const shownValue = plainValue.test(value) ? value : quoted(value);
  return `${not ? '-' : ''}${shownName}${operator}${shownValue}`;
}

interface Term {
  /** As it was written. */
  readonly text: string;
  readonly isCondition: boolean;
}

function tokensOf(query: string): Token[] | undefined {
  try {
    return tokenize(query);
  } catch (error) {
    if (error instanceof QueryMistake) return undefined;
    throw error;
  }
}

/** Index behind the term that begins at `from`; undefined where it is not whole. */
function termEnd(tokens: readonly Token[], from: number): number | undefined {
  let at = from;
  while (tokens[at]?.kind === 'not') at += 1;
  const token = tokens[at];
  if (token?.kind === 'open') {
    let depth = 0;
    for (; at < tokens.length; at += 1) {
      if (tokens[at]?.kind === 'open') depth += 1;
      if (tokens[at]?.kind === 'close' && (depth -= 1) === 0) return at + 1;
    }
    return undefined;
  }
  if (token === undefined || !['word', 'quoted', 'regex'].includes(token.kind)) return undefined;
  return hasOperator(tokens, at) ? at + 3 : at + 1;
}

/** Whether the token is the name of a field. */
function hasOperator(tokens: readonly Token[], at: number): boolean {
  const [operator, value] = [tokens[at + 1], tokens[at + 2]];
  return operator?.kind === 'operator' && operator.joined && value?.joined === true;
}

/** What all has to hold, each part alone; undefined where there are other ways (`or`), or the query is not whole. */
function termsOf(query: string): Term[] | undefined {
  const tokens = tokensOf(query);
  if (tokens === undefined) return undefined;
  const terms: Term[] = [];
  let at = 0;
  while (at < tokens.length) {
    if (tokens[at]?.kind === 'and') at += 1;
    const end = termEnd(tokens, at);
    const [first, last] = [tokens[at], tokens[(end ?? 0) - 1]];
    if (end === undefined || first === undefined || last === undefined) return undefined;
    const name = first.kind === 'not' ? at + 1 : at;
    const isCondition = end === name + 3 && hasOperator(tokens, name);
    terms.push({ text: query.slice(first.at, last.end), isCondition });
    at = end;
  }
  return terms;
}

/** Takes the conditions on fields out of a query, where all of its parts have to hold. */
export function liftConditions(query: string): { conditions: string[]; rest: string } {
  const terms = termsOf(query);
  if (terms?.some(({ isCondition }) => isCondition) !== true) return { conditions: [], rest: query };
  return {
    conditions: terms.filter(({ isCondition }) => isCondition).map(({ text }) => text),
    rest: terms
      .filter(({ isCondition }) => !isCondition)
      .map(({ text }) => text)
      .join(' '),
  };
}

/** Whether an `or` stands in it that no bracket holds. */
function hasOtherWays(query: string): boolean {
  let depth = 0;
  for (const { kind } of tokensOf(query) ?? []) {
    if (kind === 'open') depth += 1;
    else if (kind === 'close') depth -= 1;
    else if (kind === 'or' && depth === 0) return true;
  }
  return false;
}

/** One query of a typed one and conditions beside it: all of them have to hold. */
export function joinQuery(query: string, conditions: readonly string[]): string {
  const typed = query.trim();
  if (typed === '' || conditions.length === 0) return [typed, ...conditions].filter((part) => part !== '').join(' ');
  return [hasOtherWays(typed) ? `(${typed})` : typed, ...conditions].join(' ');
}

/** A text or a pattern that a query looks for. */
export interface Sought {
  readonly text: string;
  /** Set where it is a regular expression. */
  readonly flags?: string;
}

/** What lines that pass may show, to be marked in them: nothing that is turned round. */
export function soughtIn(query: string): Sought[] {
  const tokens = tokensOf(query) ?? [];
  const sought: Sought[] = [];
  const turned: boolean[] = [false];
  let not = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const within = turned.at(-1) === true;
    if (token === undefined) break;
    if (token.kind === 'not') not = !not;
    else if (token.kind === 'open') turned.push(within !== not);
    else if (token.kind === 'close' && turned.length > 1) turned.pop();
    else if (['word', 'quoted', 'regex'].includes(token.kind)) {
      const isField = hasOperator(tokens, at);
      const found = isField && tokens[at + 1]?.text === ':' ? tokens[at + 2] : isField ? undefined : token;
      if (found !== undefined && found.text !== '' && within === not)
        sought.push({ text: found.text, ...(found.kind === 'regex' ? { flags: found.flags ?? '' } : {}) });
      if (isField) at += 2;
    }
    if (token.kind !== 'not') not = false;
  }
  return sought;
}
