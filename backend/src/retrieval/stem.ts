import { stemmer } from 'stemmer';

const stems = new Map<string, string>();
const maxRemembered = 20_000;

/** The stem of a lower-case English word. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const made = stemmer(word);
  if (stems.size < maxRemembered) stems.set(word, made);
  return made;
}
