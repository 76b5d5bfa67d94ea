import type { FieldTest } from './expression.ts';
import { numberOf } from './field-test.ts';

/**
 * The longest run of a wanted value that stands in the bytes of every line that has the value; undefined where nothing is
 * sure: a number can be written in many ways, and so can an object or a list.
 */
export function plainRun({ operator, value }: FieldTest): string | undefined {
  if (operator !== '=' || !Number.isNaN(numberOf(value)) || /^[[{]/.test(value)) return undefined;
  return (value.match(/[\w.:-]+/g) ?? []).sort((a, b) => b.length - a.length)[0];
}
