import { parseDuration } from '#engine/compose/index.ts';

/** Leaves out what is undefined, so that the engine applies its own default. */
export function defined(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** The same, or undefined where nothing is left. */
export function definedOrNothing(record: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const left = defined(record);
  return Object.keys(left).length === 0 ? undefined : left;
}

/** Go duration text to nanoseconds, the engine's unit; exact up to 104 days. */
export function nanoseconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text);
}

/** Decimal text to a number. */
export function number(value: unknown): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? Number(value) : undefined;
}

/** The same; 0 means "not set". */
export function numberUnlessZero(value: unknown): number | undefined {
  const found = number(value);
  return found === 0 ? undefined : found;
}

/** A list of texts, or undefined. */
export function textList(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** The text values under the given keys; others are left out. */
export function texts<Key extends string>(
  value: Readonly<Record<string, unknown>>,
  keys: readonly Key[],
): Partial<Record<Key, string>> {
  const found: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const text = value[key];
    if (typeof text === 'string' && text !== '') found[key] = text;
  }
  return found;
}

/** The value as a plain object, or an empty one. */
export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** The plain objects of a list. */
export function recordList(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
