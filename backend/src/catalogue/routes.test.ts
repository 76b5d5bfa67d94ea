import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startForTest } from '../testing/service.ts';
import { embeddedCatalogue, loadCatalogue } from './load.ts';
import type { Product } from './schema.ts';

let service: Awaited<ReturnType<typeof startForTest>>;
let all: readonly Product[];
beforeAll(async () => {
  service = await startForTest();
  all = (await loadCatalogue(embeddedCatalogue)).products;
});
afterAll(() => service.stop());

const listSchema = z.strictObject({
  products: z.array(
    z.looseObject({ id: z.string(), category: z.string(), price: z.number(), stock: z.number(), name: z.string() }),
  ),
  total: z.number(),
});

const get = (query: string) => fetch(`${service.url}/api/products?${query}`);
const list = async (query: string) => listSchema.parse(await (await get(query)).json());
const idsOf = (products: readonly { readonly id: string }[]) => products.map(({ id }) => id).sort();

describe('filters let through what they say and all of it', () => {
  const cases: readonly (readonly [string, (product: Product) => boolean])[] = [
    ['category=audio', ({ category }) => category === 'Audio'],
    ['minPrice=100&maxPrice=149', ({ price }) => price >= 100 && price <= 149],
    ['inStock=true&category=Camping', ({ category, stock }) => category === 'Camping' && stock > 0],
    ['inStock=false', ({ stock }) => stock === 0],
    ['category=nothing-of-ours', () => false],
  ];
  test.each(cases)('%s', async (query, accepts) => {
    const { products, total } = await list(`${query}&limit=100`);
    const expected = all.filter(accepts);
    expect(total).toBe(expected.length);
    expect(idsOf(products)).toEqual(idsOf(expected));
  });

  test('beside words too', async () => {
    const { products } = await list('query=tent&maxPrice=250&limit=100');
    expect(idsOf(products)).toContain('solo-bivvy-tent');
    for (const { price } of products) expect(price).toBeLessThanOrEqual(250);
  });
});

test('pages of a list are the list', async () => {
  const whole = await list('limit=12');
  const pages = await Promise.all([0, 5, 10].map((offset) => list(`limit=5&offset=${offset}`)));
  expect(pages.flatMap(({ products }) => products).slice(0, 12)).toEqual(whole.products);
  expect(await list(`offset=${all.length}`)).toEqual({ products: [], total: all.length });
});

test.each(['minPrice=20&maxPrice=10', 'minPrice=-1', 'maxPrice=much', 'inStock=perhaps', 'limit=101', 'offset=-1'])(
  '%s is refused and the field named',
  async (query) => {
    const response = await get(query);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const { code, detail } = z.looseObject({ code: z.string(), detail: z.string() }).parse(await response.json());
    expect([code, detail]).toEqual(['invalid_request', expect.stringContaining(query.split('=')[0] ?? '')]);
  },
);
