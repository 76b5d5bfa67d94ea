import { readdir } from 'node:fs/promises';

const names = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example'];

/** Name of the file in a folder that shows what belongs into `.env`; undefined where there is none. */
export async function findEnvExample(directory: string): Promise<string | undefined> {
  const present = new Set(await readdir(directory));
  return names.find((name) => present.has(name));
}
