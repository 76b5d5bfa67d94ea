import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withFileLock } from './file-lock.ts';
import { readJson, writeJson } from './json-file.ts';

const agreedFile = z.object({
  project: z.string(),
  directory: z.string(),
  agreed: z.array(z.object({ id: z.string(), at: z.string(), actor: z.string() })),
});

/** A project is its name and its folder: what was agreed to for one is not agreed to for another of the same name. */
interface Project {
  readonly name: string;
  readonly directory: string;
}

/** What was agreed to, by project, in the state folder. */
export interface AgreedRisks {
  ids(project: Project): Promise<ReadonlySet<string>>;
  add(project: Project, ids: readonly string[], actor: string): Promise<void>;
}

export function createAgreedRisks(state: () => Promise<string>): AgreedRisks {
  const place = async ({ name, directory }: Project) => {
    const real = await realpath(directory).catch(() => directory);
    const folder = join(await state(), 'agreed');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const key = createHash('sha256').update(`${name}\0${real}`).digest('hex').slice(0, 24);
    return { file: join(folder, `${key}.json`), project: name, directory: real };
  };
  const read = async (file: string): Promise<z.infer<typeof agreedFile>['agreed']> => {
    const found = await readJson(file, agreedFile);
    // What cannot be read was not agreed to.
    return found.kind === 'read' ? found.value.agreed : [];
  };
  return {
    ids: async (project) => new Set((await read((await place(project)).file)).map(({ id }) => id)),
    async add(project, ids, actor) {
      const { file, ...whose } = await place(project);
      await withFileLock(`${file}.lock`, async () => {
        const agreed = await read(file);
        const fresh = ids.filter((id) => !agreed.some((one) => one.id === id));
        const at = new Date().toISOString();
        await writeJson(file, { ...whose, agreed: [...agreed, ...fresh.map((id) => ({ id, at, actor }))] });
      });
    },
  };
}
