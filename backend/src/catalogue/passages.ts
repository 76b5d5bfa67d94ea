import type { Facts, Offer, Passage } from '../chat/ports.ts';
import type { Article, Catalogue, Product } from './schema.ts';

export interface Searchable {
  readonly title: string;
  readonly text: string;
  readonly details: string;
  /** In what words people come to need it. */
  readonly needs: string;
}

/** A passage with what it is found by. */
export interface Entry {
  readonly passage: Passage;
  readonly facts: Facts;
  /** The words to search in: without price and stock, which are the same in every product. */
  readonly searchable: Searchable;
}

export const money = (amount: number, currency: string) => `${amount.toFixed(2)} ${currency}`;

/** Price and stock in words, a sentence each. */
export function offerSentences({ price, currency, stock }: Offer): [string, string] {
  const stocked = stock > 0 ? `It is in stock (${stock} left).` : 'It is out of stock at the moment.';
  return [`It costs ${money(price, currency)}.`, stocked];
}

export function factsOf({ category, price, stock }: Product): Facts {
  return { kind: 'product', category, price, inStock: stock > 0 };
}

function productEntry(product: Product, needs: string): Entry {
  const { id, name, description, features, price, currency, stock } = product;
  const offer = { price, currency, stock };
  const text = [description, `Features: ${features.join('; ')}.`, ...offerSentences(offer)].join(' ');
  return {
    passage: { id, kind: 'product', title: name, text, offer },
    facts: factsOf(product),
    searchable: { title: name, text: description, details: features.join(', '), needs },
  };
}

function articleEntry({ id, title, text }: Article, needs: string): Entry {
  return {
    passage: { id, kind: 'article', title, text },
    facts: { kind: 'article' },
    searchable: { title, text, details: '', needs },
  };
}

/** Everything in the catalogue that can answer a question. */
export function entriesOf({ products, articles, needs }: Catalogue): Entry[] {
  const needsOf = ({ id }: { id: string }) => (needs[id] ?? []).join(', ');
  return [
    ...products.map((product) => productEntry(product, needsOf(product))),
    ...articles.map((article) => articleEntry(article, needsOf(article))),
  ];
}
