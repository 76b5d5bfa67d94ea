import type { FieldTest, Operator } from './expression.ts';
import type { Subject } from './subject.ts';

/** A condition on a JSON field, ready for use. A line without the field does not meet it, whatever the operator. */
export function compileField({ paths, operator, value, flags }: FieldTest): (subject: Subject) => boolean {
  const holds = operator === '~' ? matcher(value, flags) : comparison(operator, value);
  return (subject) => {
    for (const path of paths) {
      const found = subject.value(path);
      if (found !== undefined) return holds(found);
    }
    return false;
  };
}

function textOf(found: unknown): string {
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function matcher(source: string, flags: string): (found: unknown) => boolean {
  const pattern = new RegExp(source, flags);
  return (found) => pattern.test(textOf(found));
}

const plainNumber = /^-?[\d.]+(?:[eE][+-]?\d+)?$/;

/** A number, or a text that is one in JSON; NaN for anything else. */
export function numberOf(found: unknown): number {
  if (typeof found === 'number') return found;
  return typeof found === 'string' && plainNumber.test(found) ? Number(found) : Number.NaN;
}

function comparison(operator: Exclude<Operator, '~'>, value: string): (found: unknown) => boolean {
  const number = numberOf(value);
  const lower = value.toLowerCase();
  const equals = (found: unknown): boolean => textOf(found) === value || numberOf(found) === number;
  const order = (found: unknown): number => {
    const other = numberOf(found);
    if (!Number.isNaN(number) && !Number.isNaN(other)) return other - number;
    const text = textOf(found);
    return Number.isNaN(number) ? (text < value ? -1 : text > value ? 1 : 0) : Number.NaN;
  };
  switch (operator) {
    case '=':
      return equals;
    case '!=':
      return (found) => !equals(found);
    case ':':
      return (found) => textOf(found).toLowerCase().includes(lower);
    case '>':
      return (found) => order(found) > 0;
    case '>=':
      return (found) => order(found) >= 0;
    case '<':
      return (found) => order(found) < 0;
    case '<=':
      return (found) => order(found) <= 0;
  }
}
