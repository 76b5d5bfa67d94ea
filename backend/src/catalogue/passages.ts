import type { Facts, Passage } from '../chat/ports.ts';
import type { Article, Catalogue, Product } from './schema.ts';

/** A passage with what it is found by. */
export interface Entry {
  readonly passage: Passage;
  readonly facts: Facts;
  /** The words to search in: without price and stock, which are the same in every product. */
  readonly searchable: { readonly title: string; readonly text: string; readonly details: string };
}

const money = (amount: number, currency: string) => `${amount.toFixed(2)} ${currency}`;

/** What a product's passage says after its description; one sentence per fact. */
function particulars({ features, price, currency, stock }: Product): string {
  const stocked = stock > 0 ? `It is in stock (${stock} left).` : 'It is out of stock at the moment.';
  return `Features: ${features.join('; ')}. It costs ${money(price, currency)}. ${stocked}`;
}

function productEntry(product: Product): Entry {
  const { id, name, description, features, category, price, stock } = product;
  return {
    passage: { id, kind: 'product', title: name, text: `${description} ${particulars(product)}` },
    facts: { kind: 'product', category, price, inStock: stock > 0 },
    searchable: { title: name, text: description, details: features.join(', ') },
  };
}

function articleEntry({ id, title, text }: Article): Entry {
  return {
    passage: { id, kind: 'article', title, text },
    facts: { kind: 'article' },
    searchable: { title, text, details: '' },
  };
}

/** Everything in the catalogue that can answer a question. */
export function entriesOf({ products, articles }: Catalogue): Entry[] {
  return [...products.map(productEntry), ...articles.map(articleEntry)];
}
