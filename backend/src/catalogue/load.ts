import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Catalogue, catalogueSchema } from './schema.ts';

function duplicate(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index);
}

/** Reads and validates a catalogue file (JSON). Rejects with an error that names the file and what is wrong in it. */
export async function loadCatalogue(path: string): Promise<Catalogue> {
  const json: unknown = JSON.parse(await readFile(path, 'utf8'));
  const parsed = catalogueSchema.safeParse(json);
  if (!parsed.success) throw new Error(`${path} is not a catalogue: ${z.prettifyError(parsed.error)}`);
  const { products, articles } = parsed.data;
  const twice = duplicate([...products, ...articles].map((entry) => entry.id));
  if (twice !== undefined) throw new Error(`${path} has the id ${twice} twice`);
  return parsed.data;
}
