import type { Field, Type } from './types.ts';

export type Plain = Readonly<Record<string, unknown>>;

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the reference tool leaves a field with this value out of what it serialises. */
export function isOmitted(value: unknown, field: Field): boolean {
  if (field.omit === 'never') return false;
  if (value === undefined || value === null) return true;
  return field.omit === 'empty' && isEmpty(value, field.type);
}

/** Zero values and empty collections. An object with a schema of its own is a pointer in the reference tool and stays. */
function isEmpty(value: unknown, type: Type): boolean {
  if (value === '' || value === 0 || value === false) return true;
  if (type.kind === 'scalar' && type.to === 'duration') return value === '0s';
  if (type.kind === 'scalar' && type.to === 'bytes') return value === '0';
  if (Array.isArray(value)) return value.length === 0;
  return isPlain(value) && type.kind !== 'struct' && Object.keys(value).length === 0;
}
