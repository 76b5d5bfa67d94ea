import { money, offerSentences } from '../catalogue/passages.ts';
import { contentStems, sentences } from '../retrieval/words.ts';
import type { AnswerRequest, ChatModel, ChatPart, Passage } from './ports.ts';
import { spoken } from './spoken.ts';

const productSentences = 2;
const articleSentences = 3;
const features = 'Features: ';

const asksPrice = /\b(?:how much|price[ds]?|costs?|costing|expensive)\b/i;
const asksStock = /\b(?:stock|available|availability|sold out|how many (?:are )?left)\b/i;

function overlap(sentence: string, asked: ReadonlySet<string>): number {
  return contentStems(sentence).filter((term) => asked.has(term)).length;
}

/** The sentences that share most words with the question, in their own order. */
function extract(text: readonly string[], asked: ReadonlySet<string>, count: number): string[] {
  return text
    .map((sentence, position) => ({ sentence, position, score: overlap(sentence, asked) }))
    .sort((a, b) => b.score - a.score || a.position - b.position)
    .slice(0, count)
    .sort((a, b) => a.position - b.position)
    .map(({ sentence }) => sentence);
}

/** What a product is and does: its text without price and stock. */
function description({ text, offer }: Passage): string[] {
  const said: readonly string[] = offer === undefined ? [] : offerSentences(offer);
  return sentences(text).filter((sentence) => !said.includes(sentence));
}

function described(passage: Passage, asked: ReadonlySet<string>): string[] {
  const all = description(passage);
  const listed = all.find((sentence) => sentence.startsWith(features));
  const told = extract(
    all.filter((sentence) => sentence !== listed),
    asked,
    productSentences,
  );
  return listed !== undefined && overlap(listed, asked) > 0 ? [...told, listed] : told;
}

const list = new Intl.ListFormat('en-GB');
const listed = (items: readonly string[]) => list.format(items);

function withPrice({ title, offer }: Passage): string {
  if (offer === undefined) return title;
  const price = money(offer.price, offer.currency);
  return offer.stock > 0 ? `${title} (${price})` : `${title} (${price}, out of stock)`;
}

/** Price and stock; asked for, they come before anything else. */
function offered({ title, offer }: Passage, question: string): { readonly first: string[]; readonly last: string[] } {
  if (offer === undefined) return { first: [], last: [] };
  const price = `${title} costs ${money(offer.price, offer.currency)}.`;
  const stock =
    offer.stock > 0 ? `${title} is in stock: ${offer.stock} left.` : `${title} is out of stock at the moment.`;
  const first = [...(asksPrice.test(question) ? [price] : []), ...(asksStock.test(question) ? [stock] : [])];
  return first.length > 0 ? { first, last: [] } : { first, last: offerSentences(offer) };
}

function aboutProduct(best: Passage, question: string, asked: ReadonlySet<string>): string[] {
  const { first, last } = offered(best, question);
  const opening = first.length > 0 ? first : [`${best.title} fits best.`];
  return [...opening, ...described(best, asked), ...last];
}

function alsoWorthALook(others: readonly Passage[]): string[] {
  const products = others.filter(({ kind }) => kind === 'product').map(withPrice);
  const articles = others.filter(({ kind }) => kind === 'article').map(({ title }) => title);
  return [
    ...(products.length === 0 ? [] : [`Also worth a look: ${listed(products)}.`]),
    ...(articles.length === 0 ? [] : [`We also tell more under: ${listed(articles)}.`]),
  ];
}

/** Answers with sentences of the passages themselves: deterministic, needs no key and cannot make anything up. */
export class ExtractiveModel implements ChatModel {
  readonly name = 'llm';

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous, this one has nothing to wait for
  async *answer({ question, passages }: AnswerRequest): AsyncGenerator<ChatPart> {
    const [best, ...others] = passages;
    if (best === undefined) throw new Error('an answer needs at least one passage');
    const asked = new Set(contentStems(question));
    const told =
      best.kind === 'article'
        ? extract(sentences(best.text), asked, articleSentences)
        : aboutProduct(best, question, asked);
    for (const text of spoken([...told, ...alsoWorthALook(others)])) yield { type: 'text', text };
    yield { type: 'cited', ids: passages.map(({ id }) => id) };
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }
}
