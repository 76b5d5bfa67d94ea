import { createInstance } from 'i18next';
import { isLanguage, type Language, otherLanguage } from '#kit/language.ts';
import { Phrasebook, type Phrases } from '#kit/phrasebook.ts';
import type { en } from './en/index.ts';

export { isLanguage, type Language, preferredLanguage } from '#kit/language.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: typeof en;
    returnNull: false;
  }
}

/** A file of its own for each language, so that a page loads the one that it speaks. */
const catalogs: Record<Language, () => Promise<typeof en>> = {
  en: async () => (await import('./en/index.ts')).en,
  de: async () => (await import('./de/index.ts')).de,
};

/** What the core says, which is English, in other languages; it hands them out itself. */
const books = new Map<Language, Phrasebook>();

const instance = createInstance();
void instance.init({
  lng: 'en',
  fallbackLng: false,
  resources: {},
  initAsync: false,
  // React writes texts as texts.
  interpolation: { escapeValue: false },
});

// i18next's own number format is kept per set of options, and so made anew for each count.
const counts = { en: new Intl.NumberFormat('en-US'), de: new Intl.NumberFormat('de-DE') } as const;
instance.services.formatter?.add('number', (value: number) => counts[language()].format(value));

/** Texts without values, as they have been looked up in the language that the page speaks now. */
const plain = new Map<string, string>();
instance.on('languageChanged', () => {
  plain.clear();
});

const lookUp = instance.t as unknown as (key: string, values?: object) => string;

function say(key: string, values?: object): string {
  if (values !== undefined) return lookUp(key, values);
  // A page of fifty services says the same few texts over and over, and i18next looks for each of them anew.
  const known = plain.get(key) ?? lookUp(key);
  plain.set(key, known);
  return known;
}

/** What the page says under a key, `stack:start`, in the language that it speaks now. */
export const t = say as unknown as typeof instance.t;

/** The language that the page speaks now. */
export function language(): Language {
  return isLanguage(instance.language) ? instance.language : 'en';
}

let edition = 0;
const listeners = new Set<() => void>();

function reword(): void {
  edition += 1;
  for (const listener of [...listeners]) listener();
}
instance.on('languageChanged', reword);

/** Another number whenever something is said in other words than before: what was read before is to be read anew. */
export function wording(): number {
  return edition;
}

/** Calls back when something is said in other words than before. Returns the function that ends it. */
export function onWording(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** From now on the sentences of the core are told so in that language, by their English text. */
export function learnSentences(of: Language, sentences: Phrases): void {
  books.set(of, new Phrasebook(sentences));
  if (of === language()) reword();
}

/** What the core says, in English, in the language that the page speaks now, once its sentences are known in that. */
export function told<T extends string | undefined>(text: T): T | string {
  return text === undefined ? text : (books.get(language())?.say(text) ?? text);
}

const knows = (one: Language): boolean => instance.hasResourceBundle(one, 'ui');

/** Fetches the words of a language, ahead of when it is spoken. */
export async function learn(one: Language): Promise<void> {
  if (knows(one)) return;
  for (const [namespace, texts] of Object.entries(await catalogs[one]()))
    instance.addResourceBundle(one, namespace, texts);
}

/**
 * From now on the page speaks this language. Where its words cannot be fetched it goes on in the one that it speaks, or begins in
 * any other; throws where none can be fetched.
 */
export async function speak(wanted: Language): Promise<void> {
  try {
    await learn(wanted);
    await instance.changeLanguage(wanted);
  } catch {
    if (knows(language())) return;
    const other = otherLanguage(wanted);
    await learn(other);
    await instance.changeLanguage(other);
  }
}
