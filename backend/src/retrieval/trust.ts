import type { Match } from '../chat/ports.ts';
import type { Concept } from './concepts.ts';
import type { Language } from './language.ts';
import { asksForService, isAboutOthers, soundsOffTopic } from './off-topic.ts';
import { type Requested, requestedThings } from './requested-things.ts';
import { stem } from './stem.ts';
import { words } from './words.ts';

/** What is left of the confidence when a thing was asked for by name and what was found only mentions it. */
const mentionOnly = 0.45;
/** And when it is such a thing, but none of the kind that was asked for ("sewing" of a sewing machine). */
const otherKind = 0.5;
/** And when the question is one that no shop is asked. */
const offTopic = 0.45;
/** Among how many of the best matches the thing is looked for. */
const looksAt = 3;

/** A question, and what was found for it. */
export interface Finding {
  readonly text: string;
  readonly concepts: readonly Concept[];
  /** Best first. */
  readonly matches: readonly Match[];
}

const saying = (stemmed: string) => (concept: Concept) => concept.wordings.some(({ stems }) => stems.includes(stemmed));
const stemsOf = (concepts: readonly Concept[]) => concepts.flatMap(({ wordings }) => wordings.flatMap((w) => w.stems));

/** Whether one of the best matches is such a thing, and of the kind that was asked for. */
function isThere(things: readonly Requested[], { concepts, matches }: Finding, { vocabulary }: Language) {
  const meant = things.flatMap(({ thing }) => {
    const concept = concepts.find(({ wordings }) => wordings.some(({ stems }) => stems.at(-1) === thing));
    return [thing, ...stemsOf(concept === undefined ? [] : [concept])];
  });
  const said = stemsOf(concepts);
  const kinds = things.flatMap(({ kind }) =>
    kind === undefined || !vocabulary.has(kind) ? [] : [kind, ...stemsOf(concepts.filter(saying(kind)))],
  );
  const isTold = (id: string) =>
    vocabulary.isTitle(id, meant) ||
    (vocabulary.isTitle(id, said) && [...meant, ...kinds].some((each) => vocabulary.isHead(id, each))) ||
    things.some(({ thing }) => vocabulary.isHead(id, thing));
  const are = matches
    .slice(0, looksAt)
    .filter(({ passage: { id, kind } }, place) =>
      kind === 'article' ? place === 0 && isTold(id) : meant.some((each) => vocabulary.isHead(id, each)),
    );
  const isKind = kinds.length === 0 || are.some(({ passage: { id } }) => kinds.some((k) => vocabulary.mentions(id, k)));
  return { isThing: are.length > 0, isKind };
}

const means = /\b(?:with|by|in|to|from|via|use)\s+(?:(?:my|your|the|an?)\s+)?(\w+)(?:\s+or\s+(\w+))?/gi;

/** Whether it is asked for by a means or for a place that the shop never heard of ("pay with bitcoin", "deliver to Canada"). */
function hasStrangeMeans({ text, concepts }: Finding): boolean {
  const said = [...text.matchAll(means)].flatMap(([, ...each]) => words(each.join(' ')));
  return said.some((word) => concepts.some((c) => !c.known && saying(stem(word))(c)));
}

/**
 * Less than 1 where the question sounds like none for a shop, and where a thing was asked for by name that none of
 * the best matches is: they are only good for one.
 */
export function trustIn(finding: Finding, language: Language): number {
  const { text, matches } = finding;
  if (soundsOffTopic(text)) return offTopic;
  const { vocabulary } = language;
  const helps = matches[0]?.passage.kind === 'article';
  if (helps && (isAboutOthers(text, (word) => vocabulary.isNaming(stem(word))) || hasStrangeMeans(finding)))
    return offTopic;
  if (asksForService(text) && !matches.slice(0, looksAt).some(({ passage }) => passage.kind === 'article'))
    return offTopic;
  const things = requestedThings(text);
  if (things.length === 0) return 1;
  if (things.every(({ thing }) => finding.concepts.some((c) => c.strange && saying(thing)(c)))) return mentionOnly;
  // A word that is nowhere counts against the confidence already, and may be misspelt.
  if (things.some(({ thing }) => !vocabulary.has(thing))) return 1;
  if (things.every(({ kind }) => kind !== undefined && finding.concepts.some((c) => c.strange && saying(kind)(c))))
    return otherKind;
  const { isThing, isKind } = isThere(things, finding, language);
  if (!isThing) return mentionOnly;
  return isKind ? 1 : otherKind;
}
