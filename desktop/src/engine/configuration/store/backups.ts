import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type EnvBackup, QuaysideError } from '#contract/index.ts';
import { readJson, writeJson } from '#engine/workspace/index.ts';
import { say } from '#kit/say.ts';

/** How many are kept of each file. */
const kept = 10;

const backupFile = z.object({
  path: z.string(),
  at: z.string(),
  names: z.array(z.string()),
  /** The file as it was; absent = there was none. */
  content: z.base64().optional(),
});

/** What files were before they were saved, in the folder for state, for their owner's eyes only. */
export interface Backups {
  /** Gives the id. */
  keep(path: string, content: Buffer | undefined, names: readonly string[]): Promise<string>;
  /** Newest first. */
  list(path: string): Promise<EnvBackup[]>;
  /** Throws USAGE where there is none of that id. */
  read(path: string, id: string): Promise<Buffer | undefined>;
}

/** `state`: the folder for state. */
export function createBackups(state: () => Promise<string>): Backups {
  const folderOf = async (path: string): Promise<string> =>
    join(await state(), 'env-backups', createHash('sha256').update(path).digest('hex').slice(0, 24));
  const ids = async (path: string): Promise<string[]> => {
    const names = await readdir(await folderOf(path)).catch(() => []);
    return names
      .filter((name) => /^\d{13,}-[0-9a-f]{6}\.json$/.test(name))
      .sort()
      .reverse()
      .map((name) => name.slice(0, -'.json'.length));
  };
  const load = async (path: string, id: string) => {
    if (!(await ids(path)).includes(id)) return undefined;
    const read = await readJson(join(await folderOf(path), `${id}.json`), backupFile);
    return read.kind === 'read' ? read.value : undefined;
  };
  return {
    async keep(path, content, names) {
      const folder = await folderOf(path);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const id = `${Date.now()}-${randomBytes(3).toString('hex')}`;
      const held = content === undefined ? {} : { content: content.toString('base64') };
      await writeJson(join(folder, `${id}.json`), { path, at: new Date().toISOString(), names, ...held });
      for (const old of (await ids(path)).slice(kept)) await rm(join(folder, `${old}.json`), { force: true });
      return id;
    },
    async list(path) {
      const found = await Promise.all((await ids(path)).map(async (id) => ({ id, backup: await load(path, id) })));
      return found.flatMap(({ id, backup }) => (backup ? { id, at: backup.at, names: backup.names } : []));
    },
    async read(path, id) {
      const backup = await load(path, id);
      if (backup) return backup.content === undefined ? undefined : Buffer.from(backup.content, 'base64');
      throw new QuaysideError('USAGE', say`There is no backup ${id} of this file.`, {
        remedy: say`The last ten are kept; look at the list again.`,
      });
    },
  };
}
