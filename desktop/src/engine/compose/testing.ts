import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { loadModel } from './index.ts';
import type { LoadRequest, Model } from './model.ts';
import { Source } from './tree/source.ts';

/** A file that exists in memory only. */
export const sourceOf = (text: string): Source => new Source('/project/compose.yml', 'compose.yml', text);

/** Loads a project made of these files (all of them are compose files when `use` is not given and they end in `.yml`). */
export async function load(files: Readonly<Record<string, string>>, more: Partial<LoadRequest> = {}): Promise<Model> {
  const directory = await mkdtemp(join(tmpdir(), 'qs-load-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), text);
    }
    return await loadModel({
      directory,
      files: Object.keys(files).filter((name) => name.endsWith('.yml')),
      envFiles: [],
      profiles: [],
      env: {},
      ...more,
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The error that something throws; fails where it throws none or one that is not ours. */
export async function errorOf(work: () => unknown): Promise<QuaysideError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof QuaysideError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
