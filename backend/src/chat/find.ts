import { entriesOf, factsOf } from '../catalogue/passages.ts';
import type { Catalogue, Product } from '../catalogue/schema.ts';
import { accepts } from '../retrieval/filter.ts';
import type { Language } from '../retrieval/language.ts';
import { leaningOf } from '../retrieval/leaning.ts';
import { soundsOffTopic } from '../retrieval/off-topic.ts';
import { requestedThings, thingsAskedAnew } from '../retrieval/requested-things.ts';
import { stem } from '../retrieval/stem.ts';
import { words } from '../retrieval/words.ts';
import type { Match, Passage, Retrieval, Retriever, Session } from './ports.ts';
import type { Order } from './understanding/order.ts';
import type { Question } from './understanding/understand.ts';

export interface Found {
  /** Best first; empty when nothing answers the question. */
  readonly passages: readonly Passage[];
  readonly degraded: boolean;
}

export interface FinderDeps {
  readonly catalogue: Catalogue;
  readonly language: Language;
  readonly retriever: Retriever;
}

/** Asks for something of its own, rather than saying more of what was asked for. */
const ownQuestion =
  /^\W*(?:(?:and|but|so|ok(?:ay)?|also|then)\b\W*)*(?:how (?:do|can|should|would|to)|why|who|when|where)\b/i;
/** A word that says what a thing is like rather than what it is ("foldable", "airline approved"). */
const property = /(?:ed|able|ible|proof|ic|ive|ful|less|ous|ing|est|ish|al|ly|free)\W*$/i;
/** Among how many of the best a thing is looked for that is but named. */
const looksAt = 2;
const minConfidence = 0.5;
/** How much may be said that the shop knows nothing of, for each thing that it knows. */
const maxStrange = 2;
/** For an article beside the product that it is about. */
const minHelp = 0.35;
const maxPassages = 5;
/** How many articles may come before the product that was asked about. */
const maxArticles = 2;
const maxOthers = 2;
/** And how many of both. */
const maxBefore = 2;
const maxHelp = 2;
/** Where the first passage of the other kind stands at the latest. */
const lastOfFirst = 2;
/** How many are looked at before they are ordered and the shown ones left out. */
const maxCandidates = 20;

const compare: Readonly<Record<Order, (a: Product, b: Product) => number>> = {
  cheapest: (a, b) => a.price - b.price,
  dearest: (a, b) => b.price - a.price,
  'best rated': (a, b) => b.rating - a.rating,
};

/**
 * The passages, best first, but with the first one of each kind near the top: who asks about a product may want help
 * with it, and who asks for help may want a product.
 */
function mixed(matches: readonly Match[]): Passage[] {
  const passages = matches.map(({ passage }) => passage);
  const other = passages.findIndex(({ kind }) => kind !== passages[0]?.kind);
  const [moved] = other > lastOfFirst ? passages.splice(other, 1) : [];
  return moved === undefined ? passages : passages.toSpliced(lastOfFirst, 0, moved);
}

/** Finds what answers a question that has been understood. */
export class Finder {
  readonly #deps: FinderDeps;
  readonly #products: ReadonlyMap<string, Product>;
  readonly #passages: ReadonlyMap<string, Passage>;

  constructor(deps: FinderDeps) {
    this.#deps = deps;
    this.#products = new Map(deps.catalogue.products.map((product) => [product.id, product]));
    this.#passages = new Map(entriesOf(deps.catalogue).map(({ passage }) => [passage.id, passage]));
  }

  async find(question: Question, previous: Session | undefined, signal: AbortSignal): Promise<Found> {
    const { text, said, filter, order, followUp } = question;
    const shown = previous?.shown ?? [];
    if (soundsOffTopic(said)) return { passages: [], degraded: false };
    if (followUp.kind === 'shown') return this.#among(shown, question, signal);
    if (this.#deps.language.concepts(text).length === 0) return { passages: this.#browse(question), degraded: false };
    let found = await this.#retrieve(text, filter, signal);
    if (found.matches.length === 0 && followUp.kind === 'switch') found = await this.#retrieve(text, {}, signal);
    if (found.confidence < minConfidence && previous !== undefined && this.#onlyNarrows(question)) {
      found = await this.#narrowed(previous, question, signal);
    }
    const isMet = followUp.kind !== 'refine' || this.#haveSome(found.matches, said);
    if (found.confidence < minConfidence || !isMet) return { passages: [], degraded: found.degraded };
    const fresh = found.matches.filter(({ passage }) => followUp.kind !== 'others' || !shown.includes(passage.id));
    const ranked = order === undefined ? mixed(fresh) : this.#ordered(fresh, text, order);
    const passages = ranked.slice(0, maxPassages);
    return { passages: this.#withoutStrays(passages, text), degraded: found.degraded };
  }

  /** A question that an article answers best and that names nothing we sell gets no products beside the answer. */
  #withoutStrays(passages: readonly Passage[], text: string): readonly Passage[] {
    const named = words(text).some((word) => this.#deps.language.vocabulary.isThing(stem(word)));
    if (passages[0]?.kind !== 'article' || named) return passages;
    return passages.filter(({ kind }) => kind === 'article');
  }

  /** Whether it may say more of what was looked for: it asks for no other thing, and most of it is about the shop. */
  #onlyNarrows({ said, followUp }: Question): boolean {
    if (followUp.kind === 'switch' || thingsAskedAnew(said).length > 0 || ownQuestion.test(said)) return false;
    const weightOf = (known: boolean) =>
      this.#deps.language
        .concepts(said)
        .filter((concept) => concept.known === known)
        .reduce((sum, { importance }) => sum + importance, 0);
    return weightOf(true) * maxStrange >= weightOf(false);
  }

  /** Whether a thing that is but named ("frozen pizza?") is told of in any of them. */
  #haveSome(matches: readonly Match[], said: string): boolean {
    if (property.test(said)) return true;
    const { vocabulary } = this.#deps.language;
    const things = thingsAskedAnew(said).length > 0 ? [] : requestedThings(said).map(({ thing }) => thing);
    const meant = this.#deps.language
      .concepts(said)
      .filter(({ wordings }) => wordings.some(({ stems }) => things.includes(stems.at(-1) ?? '')));
    const stems = [...things, ...meant.flatMap(({ wordings }) => wordings.flatMap((wording) => wording.stems))];
    return (
      things.length === 0 ||
      matches.slice(0, looksAt).some(({ passage: { id } }) => stems.some((each) => vocabulary.mentions(id, each)))
    );
  }

  /** What was found stays found: ranked by all that was said, as sure as it was before. */
  async #narrowed(previous: Session, { said, filter }: Question, signal: AbortSignal): Promise<Retrieval> {
    const limits = { ...previous.filter, ...filter };
    const [before, now] = await Promise.all([
      this.#retrieve(previous.text, limits, signal),
      this.#retrieve(`${previous.text}, ${said}`, limits, signal),
    ]);
    const places = new Map(now.matches.map(({ passage }, place) => [passage.id, place]));
    const placeOf = ({ passage }: Match) => places.get(passage.id) ?? now.matches.length;
    return { ...before, matches: before.matches.toSorted((a, b) => placeOf(a) - placeOf(b)) };
  }

  #retrieve(text: string, filter: Question['filter'], signal: AbortSignal): Promise<Retrieval> {
    return this.#deps.retriever.retrieve({ text, filter, limit: maxCandidates }, signal);
  }

  /** The best rated of what the filter lets through, where nothing else was said. */
  #browse({ filter, order }: Question): Passage[] {
    if (Object.keys(filter).length === 0 && order === undefined) return [];
    const products = this.#deps.catalogue.products
      .filter((product) => accepts(factsOf(product), filter))
      .sort((a, b) => compare[order ?? 'best rated'](a, b) || (a.id < b.id ? -1 : 1));
    return this.#passagesOf(products.slice(0, maxPassages).map(({ id }) => id));
  }

  /** About products that were shown: those, and the articles that say more on what is asked than the products do. */
  async #among(shown: readonly string[], question: Question, signal: AbortSignal): Promise<Found> {
    const { followUp, said, order, filter } = question;
    if (followUp.kind !== 'shown') return { passages: [], degraded: false };
    const ids = followUp.positions.flatMap((position) => shown[position] ?? []);
    const { matches, confidence, degraded } = await this.#retrieve(said, filter, signal);
    const rank = (id: string) => {
      const place = matches.findIndex(({ passage }) => passage.id === id);
      return place === -1 ? matches.length : place;
    };
    if (followUp.choose) {
      const sorted = order === undefined ? ids.toSorted((a, b) => rank(a) - rank(b)) : this.#sorted(ids, order);
      return { passages: this.#passagesOf(sorted), degraded };
    }
    const [best] = matches;
    const helps = best?.passage.kind === 'article' && confidence >= minConfidence;
    const articles = helps ? matches.filter(({ passage }) => passage.kind === 'article').slice(0, maxArticles) : [];
    const others = confidence >= minConfidence ? this.#others(said, matches, ids) : [];
    const before = [...articles.map(({ passage }) => passage.id), ...others].slice(0, maxBefore);
    const after = before.length > 0 ? [] : await this.#helpWith(ids[0], said, signal);
    const found = [...before, ...ids.slice(0, 1), ...after, ...ids.slice(1)];
    return { passages: this.#passagesOf(found.slice(0, maxPassages)), degraded };
  }

  /** The articles on what is asked about a product ("how do I clean it?"), if there are any. */
  async #helpWith(id: string | undefined, said: string, signal: AbortSignal): Promise<string[]> {
    const product = this.#passages.get(id ?? '');
    if (product === undefined || leaningOf(said) !== 'article') return [];
    const { matches, confidence } = await this.#retrieve(`${said} ${product.title}`, { kind: 'article' }, signal);
    return confidence < minHelp ? [] : matches.slice(0, maxHelp).map(({ passage }) => passage.id);
  }

  /** Products of another kind than those shown that are asked for beside them ("a spare battery for it"). */
  #others(said: string, matches: readonly Match[], shown: readonly string[]): string[] {
    const { vocabulary, things } = {
      vocabulary: this.#deps.language.vocabulary,
      things: this.#deps.language.things(said),
    };
    const isNew = (id: string) =>
      things.some((thing) => vocabulary.isHead(id, thing) && !shown.some((each) => vocabulary.isHead(each, thing)));
    const ids = matches.map(({ passage }) => passage).filter(({ id, kind }) => kind === 'product' && isNew(id));
    return ids.slice(0, maxOthers).map(({ id }) => id);
  }

  /** With an order, those come first that are what was asked for, in that order. */
  #ordered(matches: readonly Match[], text: string, order: Order): Passage[] {
    const passages = matches.map(({ passage }) => passage);
    const { language } = this.#deps;
    const things = language.things(text);
    const asked = passages.filter(({ id }) => things.some((thing) => language.vocabulary.isHead(id, thing)));
    const sorted = this.#sorted(
      (asked.length > 0 ? asked : passages).map(({ id }) => id),
      order,
    );
    return this.#passagesOf(sorted);
  }

  #sorted(ids: readonly string[], order: Order): string[] {
    const products = ids.flatMap((id) => this.#products.get(id) ?? []);
    return products.sort(compare[order]).map(({ id }) => id);
  }

  #passagesOf(ids: readonly string[]): Passage[] {
    return ids.flatMap((id) => this.#passages.get(id) ?? []);
  }
}
