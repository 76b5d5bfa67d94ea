/** Why a search text cannot be searched for; nothing where it can. `/…/` is a regular expression. */
export function searchProblem(text: string): string | undefined {
  const pattern = /^\/(.+)\/$/.exec(text)?.[1];
  if (pattern === undefined) return undefined;
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'Not a valid pattern';
  }
}

/** The literal to be marked in rows. Patterns are left to the core: a hostile or clumsy one could freeze the page. */
export function needleOf(search: string): string {
  return /^\/.+\/$/.test(search) ? '' : search.toLowerCase();
}

/** Splits a text into pieces that are, or are not, the needle. */
export function splitBy(text: string, needle: string): readonly { text: string; found: boolean }[] {
  if (needle === '') return [{ text, found: false }];
  const lower = text.toLowerCase();
  // Where lower case changes the length, places in one text do not fit the other.
  if (lower.length !== text.length) return [{ text, found: false }];
  const pieces: { text: string; found: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(needle); at !== -1; at = lower.indexOf(needle, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), found: false });
    pieces.push({ text: text.slice(at, at + needle.length), found: true });
    from = at + needle.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), found: false });
  return pieces;
}
