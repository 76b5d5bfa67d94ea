import { type LogFilter, logLevels } from '#contract/index.ts';
import { parseMoment } from '../since.ts';
import type { Expression } from './expression.ts';
import { idExpression } from './fields.ts';
import { parseQuery } from './parse-query.ts';
import { searchExpression } from './text-pattern.ts';

/** A filter of the contract as one expression. Throws USAGE where its pattern, its query or a time of it is broken. */
export function expressionOf(filter: LogFilter, nowMs = Date.now()): Expression {
  const of: Expression[] = [];
  const { services, levels, search, correlationId, query, from, to, behind, upTo } = filter;
  if (services.length > 0) of.push({ kind: 'services', names: services });
  if (levels.length > 0) of.push({ kind: 'levels', codes: levels.map((level) => logLevels.indexOf(level)) });
  if (from !== undefined) of.push({ kind: 'time', operator: '>=', time: parseMoment(from, nowMs) });
  if (to !== undefined) of.push({ kind: 'time', operator: '<', time: parseMoment(to, nowMs) });
  if (behind !== undefined) of.push({ kind: 'time', operator: '>', time: parseMoment(behind, nowMs) });
  if (upTo !== undefined) of.push({ kind: 'time', operator: '<=', time: parseMoment(upTo, nowMs) });
  if (correlationId !== undefined && correlationId !== '') of.push(idExpression(correlationId));
  const text = searchExpression(search);
  if (text !== undefined) of.push(text);
  if (query !== undefined && query !== '') of.push(parseQuery(query, nowMs));
  return { kind: 'all', of };
}
