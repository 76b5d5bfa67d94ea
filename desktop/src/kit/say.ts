/**
 * A sentence of the core that people read, in plain English: the text with its values in it, and nothing else. The tag marks it, so that
 * each has a translation (`api/sentences.de.json`) under the text with its places numbered: `The name {0} is taken.`
 * Parts of a sentence that are words too, ` on the machine {0}`, are marked in the same way.
 */
export function say(parts: TemplateStringsArray, ...values: readonly (string | number | bigint)[]): string {
  return parts.reduce((text, part, at) => `${text}${values[at - 1] ?? ''}${part}`);
}

/** Names one after the other: `web and db`. */
export function allOf(names: readonly string[]): string {
  return names.reduce((before, name) => (before === '' ? name : say`${before} and ${name}`), '');
}

/** Names of which one is meant: `a text or a number`. */
export function anyOf(names: readonly string[]): string {
  return names.reduce((before, name) => (before === '' ? name : say`${before} or ${name}`), '');
}
