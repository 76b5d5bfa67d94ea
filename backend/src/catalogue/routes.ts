import { HttpError } from '@shop/service/http/errors';
import { Router } from 'express';
import { z } from 'zod';
import { clientSignal } from '../chat/event-stream.ts';
import type { Retriever, SearchFilter } from '../chat/ports.ts';
import { accepts } from '../retrieval/filter.ts';
import { factsOf } from './passages.ts';
import type { Catalogue, Product } from './schema.ts';

const price = z.coerce.number().min(0).max(1_000_000);

const listQuery = z
  .object({
    query: z.string().trim().max(500).default(''),
    category: z.string().trim().min(1).max(100).optional(),
    minPrice: price.optional(),
    maxPrice: price.optional(),
    inStock: z.stringbool().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    offset: z.coerce.number().int().min(0).default(0),
  })
  .refine(({ minPrice, maxPrice }) => minPrice === undefined || maxPrice === undefined || minPrice <= maxPrice, {
    error: 'must not be more than maxPrice',
    path: ['minPrice'],
  });

function filterOf({ category, minPrice, maxPrice, inStock }: z.infer<typeof listQuery>, names: readonly string[]) {
  const filter: SearchFilter = {
    kind: 'product',
    // As the catalogue writes it; one that it has not finds nothing.
    ...(category === undefined
      ? {}
      : { category: names.find((name) => name.toLowerCase() === category.toLowerCase()) ?? category }),
    ...(minPrice === undefined ? {} : { minPrice }),
    ...(maxPrice === undefined ? {} : { maxPrice }),
    ...(inStock === undefined ? {} : { inStock }),
  };
  return filter;
}

/** `GET /products?query=&category=&minPrice=&maxPrice=&inStock=&limit=&offset=` and `GET /products/:id`. */
export function productRoutes(catalogue: Catalogue, retriever: Retriever): Router {
  const byId = new Map(catalogue.products.map((product) => [product.id, product]));
  const categories = [...new Set(catalogue.products.map(({ category }) => category))];
  const router = Router();

  const search = async (query: string, filter: SearchFilter, signal: AbortSignal): Promise<Product[]> => {
    if (query === '') return catalogue.products.filter((product) => accepts(factsOf(product), filter));
    const limit = catalogue.products.length;
    const { matches } = await retriever.retrieve({ text: query, limit, filter }, signal);
    return matches.flatMap(({ passage }) => byId.get(passage.id) ?? []);
  };

  router.get('/products', async (request, response) => {
    const query = listQuery.parse(request.query);
    const found = await search(query.query, filterOf(query, categories), clientSignal(response));
    response.json({ products: found.slice(query.offset, query.offset + query.limit), total: found.length });
  });
  router.get('/products/:id', (request, response) => {
    const product = byId.get(request.params.id);
    if (product === undefined) throw new HttpError(404, 'product_not_found', 'There is no such product.');
    response.json(product);
  });
  return router;
}
