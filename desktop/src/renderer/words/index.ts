import { createInstance } from 'i18next';
import { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: typeof en;
    returnNull: false;
  }
}

const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const instance = createInstance();
void instance.init({
  lng: 'en',
  fallbackLng: 'en',
  ns: Object.keys(en),
  resources: { en },
  // English is in the bundle, so that the first text is there with the first frame.
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
  return languages.find((one) => one === instance.language) ?? 'en';
}

/** Calls back when the page speaks another language. Returns the function that ends it. */
export function onLanguage(listener: () => void): () => void {
  instance.on('languageChanged', listener);
  return () => {
    instance.off('languageChanged', listener);
  };
}

/** The language that the browser prefers, where the page speaks it. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => languages.find((one) => tag.toLowerCase().split('-')[0] === one));
  return known.find((one) => one !== undefined) ?? 'en';
}

/** From now on the page speaks this language. */
export async function speak(wanted: Language): Promise<void> {
  if (wanted === 'de' && !instance.hasResourceBundle('de', 'ui')) {
    const { de } = await import('./de/index.ts');
    for (const [namespace, words] of Object.entries(de)) instance.addResourceBundle('de', namespace, words);
  }
  await instance.changeLanguage(wanted);
}
