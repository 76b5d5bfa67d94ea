import { fileURLToPath } from 'node:url';
import express from 'express';
import { loadCatalogue } from '../src/catalogue/load.ts';

/** The reference of the throughput benchmark: Express and nothing else, with the same answer. */
const catalogue = await loadCatalogue(fileURLToPath(new URL('../data', import.meta.url)));
const byId = new Map(catalogue.products.map((product) => [product.id, product]));
const app = express();
app.get('/api/products/:id', (request, response) => {
  response.json(byId.get(request.params.id));
});
const server = app.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ address: server.address() })}\n`);
});
