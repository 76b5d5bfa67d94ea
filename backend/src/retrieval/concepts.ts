import { isEnglish, maxRarity, rarity } from './english.ts';
import type { Spelling } from './spelling.ts';
import { stem } from './stem.ts';
import { isLightWord, stopWords } from './stop-words.ts';
import type { SynonymMatch, Synonyms } from './synonyms.ts';
import type { Vocabulary } from './vocabulary.ts';
import { words } from './words.ts';

/** One way to say a concept; all its stems together. */
export interface Wording {
  readonly stems: readonly string[];
  /** How sure it is that this is meant, up to 1. */
  readonly weight: number;
}

/** Something that a question is about, in the question's words and in those of the catalogue. */
export interface Concept {
  readonly wordings: readonly Wording[];
  /** How much it tells, relative to the others. */
  readonly importance: number;
  /** How much a match counts; less for a word that is everywhere in the language and only by chance rare here. */
  readonly emphasis: number;
  /** True for a word that says where or by whom a thing is used rather than what it is. */
  readonly light: boolean;
  /** Whether the catalogue has it at all. */
  readonly known: boolean;
  /** Whether it is a right English word or a name that the catalogue has not; what is neither may be misspelt. */
  readonly strange: boolean;
}

interface Language {
  readonly vocabulary: Vocabulary;
  readonly synonyms: Synonyms;
  readonly spelling: Spelling;
}

const weights = { own: 1, ownInPhrase: 0.7, synonym: 0.85, phrase: 0.95, corrected: 0.8, compound: 0.8 };
const lightFactor = 0.3;
/** What is left of the emphasis of a common word that names nothing. */
const descriptive = 0.4;
const numberImportance = 2;
const nameImportance = 3.5;
const minUnknown = 2.8;
/** A word of so few letters that is none is shorthand ("hw", "pls") for one that says little. */
const maxShorthand = 3;
/** More words than this ask for nothing more, but would take time. */
const maxWords = 80;

/** `yogamat` -> `yoga mat`, where names in the catalogue have both. */
function split(word: string, vocabulary: Vocabulary): readonly string[] | undefined {
  for (let at = 3; at <= word.length - 3; at += 1) {
    const parts = [stem(word.slice(0, at)), stem(word.slice(at))];
    if (parts.every((part) => vocabulary.isNaming(part))) return parts;
  }
  return undefined;
}

/** A concept of which the catalogue has at least one wording. */
function known(wordings: readonly Wording[], { vocabulary }: Language, emphasis = 1): Concept {
  const stems = wordings.flatMap((wording) => wording.stems).filter((each) => vocabulary.has(each));
  const importance = Math.max(...stems.map((each) => vocabulary.importance(each))) * emphasis;
  return { wordings, importance, emphasis, light: emphasis <= lightFactor, known: true, strange: false };
}

const isNumber = (word: string) => /^\d+$/.test(word);
const isLight = (word: string) => isLightWord(word) || isNumber(word);

function corrected(right: string, language: Language): Concept | undefined {
  if (stopWords.has(right)) return undefined;
  const meanings = language.synonyms.at([right], 0)?.meanings ?? [];
  const wordings = [
    { stems: [stem(right)], weight: weights.corrected },
    ...meanings.map((stems) => ({ stems, weight: weights.corrected * weights.synonym })),
  ];
  if (meanings.length === 0 && !language.vocabulary.has(stem(right))) return undefined;
  return known(wordings, language, isLight(right) ? lightFactor : 1);
}

function importanceOfUnknown(word: string, isName: boolean): number {
  if (isNumber(word)) return numberImportance;
  return isName ? nameImportance : Math.max(minUnknown, rarity(word));
}

/** What a word means that neither the catalogue nor the synonyms have. */
function unknown(word: string, isName: boolean, language: Language): Concept | undefined {
  if (isLightWord(word)) return undefined;
  if (!isEnglish(word) && !isName) {
    if (word.length <= maxShorthand && !isNumber(word)) return undefined;
    const right = language.spelling.correct(word);
    if (right !== undefined) return corrected(right, language);
    const parts = split(word, language.vocabulary);
    if (parts !== undefined) return known([{ stems: parts, weight: weights.compound }], language);
  }
  const wordings = [{ stems: [stem(word)], weight: weights.own }];
  const strange = isName || isEnglish(word);
  return { wordings, importance: importanceOfUnknown(word, isName), emphasis: 1, light: false, known: false, strange };
}

/** A word in some product's or article's name names things; one that is only used in descriptions may be any word. */
function emphasisOf(word: string, isName: boolean, { vocabulary }: Language): number {
  if (isLight(word)) return lightFactor;
  if (vocabulary.isNaming(stem(word))) return 1;
  return isName ? descriptive : descriptive + (1 - descriptive) * (rarity(word) / maxRarity);
}

function single(word: string, next: string | undefined, isName: boolean, language: Language): Concept | undefined {
  const own = stem(word);
  if (!language.vocabulary.has(own)) return unknown(word, isName, language);
  const wordings: Wording[] = [{ stems: [own], weight: weights.own }];
  const joined = next === undefined ? undefined : stem(word + next);
  if (joined !== undefined && language.vocabulary.has(joined)) {
    wordings.push({ stems: [joined], weight: weights.compound });
  }
  return known(wordings, language, emphasisOf(word, isName, language));
}

/** Words with a capital letter within a sentence; none where all words have one. */
function namesIn(text: string): ReadonlySet<string> {
  if (!/(?:^|\s)[a-z]+\s+[a-z]/.test(text)) return new Set();
  return new Set([...text.matchAll(/(?<=[a-z,] )[A-Z][a-z]{2,}/g)].flatMap(([name]) => words(name)));
}

function synonymous({ own, length, meanings }: SynonymMatch, language: Language): Concept {
  const [literal, meant] = length > 1 ? [weights.ownInPhrase, weights.phrase] : [weights.own, weights.synonym];
  const said = own.length === 0 ? [] : [{ stems: own, weight: literal }];
  const wordings = [...said, ...meanings.map((stems) => ({ stems, weight: meant }))];
  return known(wordings, language, length === 1 && own.some((each) => isLightWord(each)) ? lightFactor : 1);
}

/** What a question is about. Words that mean nothing here are left out. */
export function conceptsOf(text: string, language: Language): Concept[] {
  const said = words(text).slice(0, maxWords);
  const names = namesIn(text);
  const concepts: Concept[] = [];
  for (let at = 0; at < said.length; ) {
    const word = said[at] ?? '';
    const synonym = language.synonyms.at(said, at);
    if (synonym !== undefined && synonym.length + synonym.own.length > 1) concepts.push(synonymous(synonym, language));
    else if (!stopWords.has(word)) {
      const found = single(word, said[at + 1], names.has(word), language);
      if (found !== undefined) concepts.push(found);
    }
    at += synonym?.length ?? 1;
  }
  return concepts;
}
