import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BYTES_PER_ROW, columnsIn } from '../store/columns.ts';
import type { FieldTest, Operator } from './expression.ts';
import { compileField } from './field-test.ts';
import { type Finder, finderFor } from './finder.ts';
import { neededWords } from './needed-words.ts';
import { Subject } from './subject.ts';

function finds(finder: Finder | undefined, line: string): boolean {
  if (finder === undefined) return true;
  if (finder.kind === 'bytes') return Buffer.from(line).includes(finder.needle);
  const { pattern, accepts } = finder;
  return [...line.matchAll(pattern)].some((match) => accepts?.(match[1] ?? '') ?? true);
}

function passes(field: FieldTest, line: string): boolean {
  const bytes = Buffer.from(`${line}\n`);
  const columns = columnsIn(new SharedArrayBuffer(BYTES_PER_ROW), 1);
  columns.end[0] = bytes.length - 1;
  return compileField(field)(new Subject().at({ rows: 1, columns, text: () => bytes }, 0));
}

const values: readonly unknown[] = [
  ...['200', '-7.5e2', '1.2.3', '0x10', '+5', ' 12', 'Infinity', 'api:8080', 'a b', 'naïve "x"', '', 'true'],
  ...[200, -750, 1000, true, null],
  ...[{ a: 12_345 }, { a: { b: 'api:8080' } }, [1000, 'x'], [1000.5], {}],
];
const compact = (value: unknown): string => JSON.stringify({ v: value });
/** The ways in which a logger may write the same object on one line. */
const writers: readonly ((value: unknown) => string)[] = [
  compact,
  (value) => JSON.stringify({ v: value }, undefined, 1).replaceAll('\n', ''),
  (value) => compact(value).replaceAll('1000', '1e3'),
];
const operators: readonly Operator[] = ['=', '!=', '>', '>=', '<', '<=', ':'];

test('a line that a condition lets pass is found, and has the words that are needed, however JSON writes it', () => {
  const one = fc.constantFrom(...values);
  let passed = 0;
  fc.assert(
    fc.property(
      one,
      one,
      fc.constantFrom(...writers),
      fc.constantFrom(...operators),
      (held, asked, write, operator) => {
        const value = typeof asked === 'string' ? asked : JSON.stringify(asked);
        const field: FieldTest = { kind: 'field', paths: ['v'], operator, value, flags: '' };
        const line = write(held);
        if (!passes(field, line)) return;
        passed += 1;
        expect(finds(finderFor(field), line)).toBe(true);
        for (const word of neededWords(field)) expect(line.toLowerCase()).toContain(word.toLowerCase());
      },
    ),
    { numRuns: 6000 },
  );
  expect(passed).toBeGreaterThan(500);
});
