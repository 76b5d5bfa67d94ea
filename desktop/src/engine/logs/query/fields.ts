import { logLevels, QuaysideError } from '#contract/index.ts';
import type { Token } from '#kit/query-tokens.ts';
import { say } from '#kit/say.ts';
import { hashBytes } from '../parse/hash.ts';
import { levelOfNumber, levelOfWord, NO_LEVEL } from '../parse/level.ts';
import { parseMoment } from '../since.ts';
import type { Expression, Operator } from './expression.ts';
import { checkPattern } from './text-pattern.ts';

const operators: readonly Operator[] = ['=', '!=', '>', '>=', '<', '<=', ':', '~'];

/** Short names of what loggers call differently. */
const aliases = new Map<string, readonly string[]>([
  ['status', ['status', 'statusCode', 'res.statusCode', 'res.status', 'response.status']],
  ['path', ['path', 'url', 'req.url', 'req.path', 'request.path']],
  ['method', ['method', 'req.method', 'request.method']],
  ['duration', ['duration', 'responseTime', 'duration_ms', 'ms', 'latency_ms']],
  ['msg', ['msg', 'message', 'event']],
]);

/** One condition `name operator value`. Throws USAGE where they do not go together. */
export function fieldExpression(name: string, operatorText: string, value: Token, nowMs: number): Expression {
  const operator = operators.find((known) => known === operatorText) ?? '=';
  const test = special(name, operator, value.text, nowMs);
  if (test !== undefined) return test;
  const flags = value.flags ?? '';
  if (operator === '~') checkPattern(value.text, flags);
  return { kind: 'field', paths: pathsOf(name), operator, value: value.text, flags };
}

function pathsOf(name: string): readonly string[] {
  return aliases.get(name) ?? [name];
}

function special(name: string, operator: Operator, value: string, nowMs: number): Expression | undefined {
  switch (name) {
    case 'level':
      return { kind: 'levels', codes: levelCodes(operator, value) };
    case 'service':
    case 'container':
      return turned(name, operator, { kind: name === 'service' ? 'services' : 'containers', names: value.split(',') });
    case 'stream':
      if (value !== 'stdout' && value !== 'stderr')
        throw wrong(say`"${value}" is no stream.`, say`Put stdout or stderr.`);
      return turned(name, operator, { kind: 'stream', number: value === 'stdout' ? 1 : 2 });
    case 'id':
      return turned(name, operator, idExpression(value));
    case 'time':
      if (operator !== '>' && operator !== '>=' && operator !== '<' && operator !== '<=') {
        throw wrong(say`A time cannot be compared with "${operator}".`, say`Use >= or <, such as time>=10m.`);
      }
      return { kind: 'time', operator, time: parseMoment(value, nowMs) };
    default:
      return undefined;
  }
}

/** Lines that carry this correlation id. */
export function idExpression(value: string): Expression {
  const raw = Buffer.from(JSON.stringify(value).slice(1, -1));
  return { kind: 'id', value, hash: hashBytes(raw, 0, raw.length) };
}

function turned(name: string, operator: Operator, test: Expression): Expression {
  if (operator === '=') return test;
  if (operator === '!=') return { kind: 'not', of: test };
  throw wrong(say`${name} cannot be compared with "${operator}".`, say`Use ${name}= or ${name}!=.`);
}

function levelCodes(operator: Operator, value: string): number[] {
  const code = /^\d+$/.test(value) ? levelOfNumber(Number(value)) : value === 'none' ? NO_LEVEL : levelOfWord(value);
  if (code === NO_LEVEL && value !== 'none') {
    throw wrong(say`"${value}" is no level.`, say`Levels: ${logLevels.join(', ')}.`);
  }
  const holds: Partial<Record<Operator, (other: number) => boolean>> = {
    '=': (other) => other === code,
    '!=': (other) => other !== code,
    '>': (other) => other > code && other !== NO_LEVEL,
    '>=': (other) => other >= code && other !== NO_LEVEL,
    '<': (other) => other < code,
    '<=': (other) => other <= code,
  };
  const test = holds[operator];
  if (test === undefined) throw wrong(say`A level cannot be compared with "${operator}".`, say`Use =, != or >=.`);
  return logLevels.map((_, index) => index).filter(test);
}

function wrong(message: string, remedy: string): QuaysideError {
  return new QuaysideError('USAGE', message, { remedy });
}
