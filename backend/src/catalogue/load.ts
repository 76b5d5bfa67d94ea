import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { articlesSchema, type Catalogue, needsSchema, productsSchema, synonymsSchema } from './schema.ts';

/** The folder of the catalogue that the image has. */
export const embeddedCatalogue = fileURLToPath(new URL('../../data', import.meta.url));

function duplicate(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index);
}

async function readAs<S extends z.ZodType>(schema: S, path: string): Promise<z.infer<S>> {
  const text = await readFile(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`${path} is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * Reads and validates a catalogue: a folder with `products/*.json`, `articles.json`, `synonyms.json` and `needs.json`.
 * Rejects with an error that names the file and what is wrong in it.
 */
export async function loadCatalogue(directory: string): Promise<Catalogue> {
  const shelf = join(directory, 'products');
  const files = (await readdir(shelf)).filter((name) => name.endsWith('.json')).sort();
  const [articles, synonyms, needs, ...shelves] = await Promise.all([
    readAs(articlesSchema, join(directory, 'articles.json')),
    readAs(synonymsSchema, join(directory, 'synonyms.json')),
    readAs(needsSchema, join(directory, 'needs.json')),
    ...files.map((name) => readAs(productsSchema, join(shelf, name))),
  ]);
  const products = shelves.flat();
  if (products.length === 0) throw new Error(`${shelf} has no products`);
  const twice = duplicate([...products, ...articles].map((entry) => entry.id));
  if (twice !== undefined) throw new Error(`${directory} has the id ${twice} twice`);
  return { products, articles, synonyms, needs };
}
