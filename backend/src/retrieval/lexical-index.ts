import MiniSearch from 'minisearch';
import type { Entry } from '../catalogue/passages.ts';
import type { Facts, Passage, SearchFilter } from '../chat/ports.ts';
import type { Concept, Wording } from './concepts.ts';
import { accepts } from './filter.ts';
import type { Vocabulary } from './vocabulary.ts';
import { stem } from './stem.ts';
import { contentStems, words } from './words.ts';

interface Document {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly text: string;
  readonly details: string;
  readonly needs: string;
}

export interface LexicalMatch {
  readonly id: string;
  readonly score: number;
  /** How sure it is that the passage answers the question, 0 to 1: how much of it the passage has. */
  readonly confidence: number;
}

export interface LexicalQuery {
  readonly concepts: readonly Concept[];
  readonly filter: SearchFilter;
  /** The kind of passage that the question sounds like it asks for. */
  readonly leaning: Passage['kind'] | undefined;
}

/** How well one word of a question is found in a passage. */
interface Hit {
  readonly score: number;
  /** 1 for the word itself, less for one that only begins like it. */
  readonly presence: number;
}

const prefixWeight = 0.5;
/** What a concept counts that a passage lacks but others have: it may be another way to say what the rest says. */
const missingKnown = 0.4;
/** And what one counts that nothing in the catalogue has: it may be another thing that is asked for. */
const missingUnknown = 1.6;
const leaningFactor = 1.25;
const headFactor = 1.3;
const titleFactor = 0.7;
/** From how much of a concept on it counts as one of several that a passage has. */
const wholly = 0.65;
/** By how much the confidence grows with each further concept: chance rarely brings several together. */
const perConcept = 0.15;

/** Full text over the catalogue in memory. */
export class LexicalIndex {
  readonly #facts: ReadonlyMap<string, Facts>;
  readonly #vocabulary: Vocabulary;
  readonly #titles: ReadonlyMap<string, readonly string[]>;
  readonly #index: MiniSearch<Document>;
  /** The catalogue does not change, so neither does what a stem finds. */
  readonly #hits = new Map<string, ReadonlyMap<string, Hit>>();

  constructor(entries: readonly Entry[], vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#facts = new Map(entries.map(({ passage, facts }) => [passage.id, facts]));
    this.#titles = new Map(entries.map(({ passage, searchable }) => [passage.id, contentStems(searchable.title)]));
    this.#index = new MiniSearch<Document>({
      fields: ['title', 'category', 'text', 'details', 'needs'],
      tokenize: words,
      processTerm: stem,
      searchOptions: {
        boost: { title: 3, category: 1.5, needs: 1 },
        prefix: (term) => term.length > 3,
        weights: { prefix: prefixWeight, fuzzy: 0 },
        tokenize: (text) => [text],
        processTerm: (term) => term,
      },
    });
    this.#index.addAll(
      entries.map(({ passage, facts, searchable }) => ({
        id: passage.id,
        category: facts.category ?? '',
        ...searchable,
      })),
    );
  }

  /** All that have any of it, best first. */
  search({ concepts, filter, leaning }: LexicalQuery): LexicalMatch[] {
    const found = concepts.map((concept) => this.#best(concept));
    const said = new Set(concepts.flatMap(({ wordings }) => wordings.flatMap(({ stems }) => stems)));
    const ids = new Set(found.flatMap((hits) => [...hits.keys()]));
    const matches: LexicalMatch[] = [];
    for (const id of ids) {
      const facts = this.#facts.get(id);
      if (facts === undefined || !accepts(facts, filter)) continue;
      const match = judge(id, concepts, found);
      const factor =
        (facts.kind === leaning ? leaningFactor : 1) * this.#headFactor(id, concepts) * this.#titleFactor(id, said);
      matches.push({ ...match, score: match.score * factor });
    }
    return matches.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }

  /** More than 1 for what is such a thing as the question names, rather than something for one. */
  #headFactor(id: string, concepts: readonly Concept[]): number {
    const named = concepts.some(
      ({ light, wordings }) =>
        !light && wordings.some(({ stems }) => stems.every((each) => this.#vocabulary.isHead(id, each))),
    );
    return named ? headFactor : 1;
  }

  /** The more of its name the question says, the less the passage is about something more special. */
  #titleFactor(id: string, said: ReadonlySet<string>): number {
    const title = this.#titles.get(id) ?? [];
    return 1 + titleFactor * (title.filter((each) => said.has(each)).length / Math.max(1, title.length));
  }

  /** For each passage, the wording of the concept that it has best. */
  #best({ wordings }: Concept): ReadonlyMap<string, Hit> {
    const best = new Map<string, Hit>();
    for (const wording of wordings) {
      for (const [id, hit] of this.#together(wording)) {
        if (hit.score > (best.get(id)?.score ?? 0)) best.set(id, hit);
      }
    }
    return best;
  }

  /** The passages with any stem of a wording; a part of a phrase is worth less than its share. */
  #together({ stems, weight }: Wording): ReadonlyMap<string, Hit> {
    const sums = new Map<string, Hit>();
    for (const each of stems) {
      for (const [id, { score, presence }] of this.#one(each)) {
        const before = sums.get(id) ?? { score: 0, presence: 0 };
        sums.set(id, { score: before.score + score, presence: before.presence + presence / stems.length });
      }
    }
    return new Map(
      [...sums].map(([id, { score, presence }]) => [
        id,
        { score: (score * weight * presence) / stems.length, presence: weight * presence ** 2 },
      ]),
    );
  }

  #one(stemmed: string): ReadonlyMap<string, Hit> {
    const known = this.#hits.get(stemmed);
    if (known !== undefined) return known;
    const found = new Map(
      this.#index
        .search(stemmed)
        .map(({ id, score, terms }) => [String(id), { score, presence: terms.includes(stemmed) ? 1 : prefixWeight }]),
    );
    // Only what finds something is kept, so that there are no more than the catalogue has beginnings of words.
    if (found.size > 0) this.#hits.set(stemmed, found);
    return found;
  }
}

function judge(id: string, concepts: readonly Concept[], found: readonly ReadonlyMap<string, Hit>[]): LexicalMatch {
  let [score, present, absent, excused, whole] = [0, 0, 0, 0, 0];
  for (const [index, { importance, light, known, emphasis }] of concepts.entries()) {
    const hit = found[index]?.get(id) ?? { score: 0, presence: 0 };
    score += hit.score * emphasis;
    present += importance * hit.presence;
    absent += importance * (1 - hit.presence) * (known ? 1 : missingUnknown);
    if (known) excused += importance * (1 - hit.presence) * (1 - missingKnown);
    if (!light && hit.presence >= wholly) whole += 1;
  }
  const coverage = present / (present + absent);
  const confidence = (present / (present + absent - excused)) * (1 + perConcept * Math.max(0, whole - 1));
  return { id, score: score * coverage * confidence ** 2, confidence: Math.min(1, confidence) };
}
