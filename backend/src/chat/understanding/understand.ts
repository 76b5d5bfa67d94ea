import type { Product } from '../../catalogue/schema.ts';
import type { Language } from '../../retrieval/language.ts';
import { requestedThings, thingsAskedAnew } from '../../retrieval/requested-things.ts';
import { contentStems } from '../../retrieval/words.ts';
import type { SearchFilter, Session } from '../ports.ts';
import { type FollowUp, readFollowUp } from './follow-up.ts';
import { type Order, readOrder } from './order.ts';
import { readPrice } from './price.ts';
import { readStock } from './stock.ts';

export interface Question {
  /** What to search for: the conditions are taken out, what a follow-up leaves unsaid is put in. */
  readonly text: string;
  readonly filter: SearchFilter;
  readonly order: Order | undefined;
  readonly followUp: FollowUp;
  /** The message without what the filter says. */
  readonly said: string;
}

const cheaper =
  /\b(?:cheaper|less expensive|less pricey|lower(?:[- ]priced)?|more affordable|too expensive|too much|too pricey)(?: (?:ones?|options?|price))?\b/i;
const dearer =
  /\b(?:more expensive|pricier|dearer|higher[- ](?:end|priced)|more premium|better quality)(?: (?:ones?|options?))?\b/i;
const cent = 0.01;
/** Of a long conversation about one thing, what was said last counts. */
const maxText = 400;

/** "Cheaper" and "dearer" are measured by the products last shown. */
function readComparison(message: string, shown: readonly Product[]) {
  const prices = shown.map(({ price }) => price);
  if (prices.length === 0) return { value: {}, rest: message };
  if (cheaper.test(message)) {
    return { value: { maxPrice: Math.max(...prices) - cent }, rest: message.replace(cheaper, ' ') };
  }
  if (dearer.test(message)) {
    return { value: { minPrice: Math.min(...prices) + cent }, rest: message.replace(dearer, ' ') };
  }
  return { value: {}, rest: message };
}

const group = '(?:categor(?:y|ies)|sections?|departments?|range|products?|items?|things|stuff|goods)';

const patterns = new Map<string, RegExp>();

/** The shop's categories are few and stay the same; to compile them for each message takes longer than to look. */
function patternOf(category: string): RegExp {
  const known = patterns.get(category);
  if (known !== undefined) return known;
  const name = category.replace(/\W+/g, '\\W+');
  const made = new RegExp(`\\b(?:(?:in|from) (?:the |your )?)?${name}\\s+${group}\\b`, 'i');
  patterns.set(category, made);
  return made;
}

/** Reads a category that is named as such ("in the Audio section", "kitchen products"). */
function readCategory(message: string, categories: readonly string[]) {
  for (const category of categories) {
    const named = patternOf(category);
    if (named.test(message)) return { value: { category }, rest: message.replace(named, ' ') };
  }
  return { value: {}, rest: message };
}

export interface Context {
  readonly language: Language;
  readonly categories: readonly string[];
  readonly previous: Session | undefined;
  /** The products that the session has shown, best first. */
  readonly shown: readonly Product[];
}

function readFilter(message: string, { categories, shown }: Context) {
  const order = readOrder(message);
  const price = readPrice(order.rest);
  const limited = Object.keys(price.value).length > 0;
  const comparison = limited ? { value: {}, rest: price.rest } : readComparison(price.rest, shown);
  const stock = readStock(comparison.rest);
  const category = readCategory(stock.rest, categories);
  const filter: SearchFilter = {
    ...price.value,
    ...comparison.value,
    ...category.value,
    ...(stock.value ? { inStock: true } : {}),
  };
  return { filter, order: order.value, said: category.rest.trim() };
}

function followUpOf(message: string, said: string, narrows: boolean, { language, previous, shown }: Context): FollowUp {
  if (previous === undefined) return { kind: 'none' };
  const things = language.things(said);
  const isShown = (thing: string) => shown.some(({ id }) => language.vocabulary.isHead(id, thing));
  return readFollowUp(message, {
    shown: shown.length,
    focus: Math.max(
      0,
      shown.findIndex(({ id }) => id === previous.focus),
    ),
    namesThing: things.length > 0,
    asksAnew: thingsAskedAnew(said).length > 0,
    namesUnheard: requestedThings(said).some(({ thing }) => language.isUnheard(thing, said)),
    senseless: language.isSenseless(said),
    namesNewThing: things.some((thing) => language.vocabulary.isProduct(thing) && !isShown(thing)),
    namesTitle: language.vocabulary.isSomeTitle(contentStems(said)),
    strongWords: language.concepts(said).filter(({ light }) => !light).length,
    narrows,
  });
}

/** Reads what a message asks for, in the light of the conversation before it. */
export function understand(message: string, context: Context): Question {
  const { filter, order, said } = readFilter(message, context);
  const narrows = order !== undefined || Object.keys(filter).length > 0;
  const followUp = followUpOf(message, said, narrows, context);
  const before = context.previous;
  if (before === undefined || followUp.kind === 'none' || followUp.kind === 'shown') {
    return { text: said, filter, order, followUp, said };
  }
  const { category, ...conditions } = before.filter;
  if (followUp.kind === 'switch') return { text: said, filter: { ...conditions, ...filter }, order, followUp, said };
  const kept = category === undefined ? conditions : before.filter;
  const text =
    followUp.kind === 'others'
      ? before.text
      : [before.text, said]
          .filter((each) => each !== '')
          .join(', ')
          .slice(-maxText);
  return { text, filter: { ...kept, ...filter }, order, followUp, said };
}
