import type { SentencesLanguage } from '#contract/index.ts';
import de from './sentences.de.json' with { type: 'json' };

/** What the core says, by its English text with numbered places: `The name {0} is taken.` */
export const sentences: Readonly<Record<SentencesLanguage, Readonly<Record<string, string>>>> = { de };
