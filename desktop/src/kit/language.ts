/** What people can be spoken to in; the core itself speaks English. */
const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(text: string | null | undefined): text is Language {
  return languages.some((one) => one === text);
}

/** Another language than this one. */
export function otherLanguage(than: Language): Language {
  return than === 'en' ? 'de' : 'en';
}

/** The first language that somebody prefers (`de-AT`, `en-US`) and that is spoken here. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => languages.find((one) => tag.toLowerCase().split('-')[0] === one));
  return known.find((one) => one !== undefined) ?? 'en';
}
