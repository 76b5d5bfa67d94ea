import { HttpError } from '@shop/service/http/errors';
import { Router } from 'express';
import { z } from 'zod';
import { clientSignal } from '../chat/event-stream.ts';
import type { Retriever } from '../chat/ports.ts';
import type { Catalogue } from './schema.ts';

const listQuery = z.object({
  query: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** `GET /products?query=&limit=` and `GET /products/:id`. */
export function productRoutes(catalogue: Catalogue, retriever: Retriever): Router {
  const byId = new Map(catalogue.products.map((product) => [product.id, product]));
  const router = Router();
  router.get('/products', async (request, response) => {
    const { query, limit } = listQuery.parse(request.query);
    if (query === undefined || query.trim() === '') {
      response.json({ products: catalogue.products.slice(0, limit), total: catalogue.products.length });
      return;
    }
    const search = { text: query, limit: catalogue.products.length, filter: { kind: 'product' } } as const;
    const { matches } = await retriever.retrieve(search, clientSignal(response));
    const found = matches.flatMap(({ passage }) => byId.get(passage.id) ?? []);
    response.json({ products: found.slice(0, limit), total: found.length });
  });
  router.get('/products/:id', (request, response) => {
    const product = byId.get(request.params.id);
    if (product === undefined) throw new HttpError(404, 'product_not_found', 'There is no such product.');
    response.json(product);
  });
  return router;
}
