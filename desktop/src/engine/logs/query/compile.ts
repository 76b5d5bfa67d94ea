import { correlationIdOf } from '../parse/id.ts';
import type { Columns } from '../store/columns.ts';
import type { Source } from '../store/source.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import type { Expression } from './expression.ts';
import { readsText } from './expression.ts';
import { compileField } from './field-test.ts';
import type { Subject } from './subject.ts';

/** What the columns say of a line; undefined where its text has to decide. */
type Verdict = boolean | undefined;
export type ColumnTest = (columns: Columns, row: number) => Verdict;

/** An expression, ready for use. */
export interface Test {
  readonly columns: ColumnTest;
  /** Decides what the columns leave open. */
  readonly text: (subject: Subject, columns: Columns, row: number) => boolean;
  readonly readsText: boolean;
}

interface Part {
  readonly columns: ColumnTest;
  readonly text: (subject: Subject, columns: Columns, row: number) => boolean;
}

/**
 * Makes a test of an expression. A marker line passes where nothing but times, services and levels is asked for, and it
 * passes every level.
 */
export function compile(expression: Expression, sources: readonly Source[]): Test {
  const part = compilePart(expression, sources);
  const markers = markerTest(expression, sources);
  return {
    columns: (columns, row) =>
      (columns.kind[row] ?? 0) >> 4 === MARKER_STREAM ? markers(columns, row) : part.columns(columns, row),
    text: part.text,
    readsText: readsText(expression),
  };
}

function markerTest(expression: Expression, sources: readonly Source[]): (columns: Columns, row: number) => boolean {
  if (readsText(expression)) return () => false;
  const part = compilePart(withoutLevels(expression), sources);
  return (columns, row) => part.columns(columns, row) === true;
}

function withoutLevels(expression: Expression): Expression {
  switch (expression.kind) {
    case 'levels':
    case 'stream':
      return { kind: 'all', of: [] };
    case 'all':
    case 'any':
      return { ...expression, of: expression.of.map(withoutLevels) };
    case 'not':
      return expression.of.kind === 'levels' || expression.of.kind === 'stream' ? { kind: 'all', of: [] } : expression;
    default:
      return expression;
  }
}

function decided(columns: (columns: Columns, row: number) => boolean): Part {
  return { columns, text: (_subject, lines, row) => columns(lines, row) };
}

function undecided(text: (subject: Subject) => boolean): Part {
  return { columns: () => undefined, text };
}

function compilePart(expression: Expression, sources: readonly Source[]): Part {
  switch (expression.kind) {
    case 'all':
      return allOf(expression.of.map((one) => compilePart(one, sources)));
    case 'any':
      return anyOf(expression.of.map((one) => compilePart(one, sources)));
    case 'not':
      return notOf(compilePart(expression.of, sources));
    case 'levels': {
      const codes = new Set(expression.codes);
      return decided((columns, row) => codes.has((columns.kind[row] ?? 0) & 15));
    }
    case 'services':
      return bySource(sources, ({ service }) => expression.names.includes(service));
    case 'containers':
      return bySource(sources, ({ name }) => expression.names.includes(name));
    case 'stream':
      return decided((columns, row) => (columns.kind[row] ?? 0) >> 4 === expression.number);
    case 'time':
      return decided(timeTest(expression));
    case 'id': {
      const { hash, value } = expression;
      return {
        columns: (columns, row) => (columns.idHash[row] === hash ? undefined : false),
        text: (subject) => correlationIdOf(subject.bytes()) === value,
      };
    }
    case 'text': {
      const pattern = new RegExp(expression.source, expression.flags);
      return undecided((subject) => pattern.test(subject.text()));
    }
    case 'field':
      return undecided(compileField(expression));
  }
}

function bySource(sources: readonly Source[], test: (source: Source) => boolean): Part {
  const chosen = new Set(sources.flatMap((source, index) => (test(source) ? [index] : [])));
  return decided((columns, row) => chosen.has(columns.source[row] ?? 0));
}

function timeTest({ operator, time }: Extract<Expression, { kind: 'time' }>) {
  const order = (columns: Columns, row: number): number =>
    (columns.sec[row] ?? 0) - time.sec || (columns.nanos[row] ?? 0) - time.nanos;
  switch (operator) {
    case '>':
      return (columns: Columns, row: number) => order(columns, row) > 0;
    case '>=':
      return (columns: Columns, row: number) => order(columns, row) >= 0;
    case '<':
      return (columns: Columns, row: number) => order(columns, row) < 0;
    case '<=':
      return (columns: Columns, row: number) => order(columns, row) <= 0;
  }
}

function allOf(parts: readonly Part[]): Part {
  return {
    columns(columns, row) {
      let verdict: Verdict = true;
      for (const part of parts) {
        const one = part.columns(columns, row);
        if (one === false) return false;
        if (one === undefined) verdict = undefined;
      }
      return verdict;
    },
    text: (subject, columns, row) => parts.every((part) => holds(part, subject, columns, row)),
  };
}

function anyOf(parts: readonly Part[]): Part {
  return {
    columns(columns, row) {
      let verdict: Verdict = false;
      for (const part of parts) {
        const one = part.columns(columns, row);
        if (one === true) return true;
        if (one === undefined) verdict = undefined;
      }
      return verdict;
    },
    text: (subject, columns, row) => parts.some((part) => holds(part, subject, columns, row)),
  };
}

function notOf(part: Part): Part {
  return {
    columns(columns, row) {
      const verdict = part.columns(columns, row);
      return verdict === undefined ? undefined : !verdict;
    },
    text: (subject, columns, row) => !holds(part, subject, columns, row),
  };
}

function holds(part: Part, subject: Subject, columns: Columns, row: number): boolean {
  return part.columns(columns, row) ?? part.text(subject, columns, row);
}
