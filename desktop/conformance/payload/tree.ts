/** A plain object. */
export type Tree = Record<string, unknown>;

/** The value as an object; an empty one where it is none. */
export const object = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};

/** The value as a list; an empty one where it is none. */
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The values in an order that does not depend on the one they came in. */
export const sorted = (values: readonly unknown[]): unknown[] =>
  values
    .map((value) => JSON.stringify(value))
    .sort()
    .map((text): unknown => JSON.parse(text));

/** The object without some keys. */
export const without = (tree: Tree, ...keys: readonly string[]): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([key]) => !keys.includes(key)));
