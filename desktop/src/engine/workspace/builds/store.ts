import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildRecord, type BuildSummary, buildRecord, buildSummary, keptBuilds } from '#contract/index.ts';
import { readJson, writeJson } from '../json-file.ts';

const named = /^[\w.-]+$/;

/** The builds of one environment that have ended, as files of this account. */
export interface BuildStore {
  add(record: BuildRecord): Promise<void>;
  /** Newest first. */
  list(): Promise<BuildSummary[]>;
  get(id: string): Promise<BuildRecord | undefined>;
  /** Calls back when a build was added, by whichever process; the returned function ends that. */
  onChange(listener: () => void): Promise<() => void>;
}

/** `directory`: the state folder. Each build is two files, so that a list need not read what was printed. */
export function createBuildStore(directory: string, project: string, environment: string): BuildStore {
  const key = createHash('sha256').update(`${project}\0${environment}`).digest('hex').slice(0, 16);
  const folder = join(directory, 'builds', key);
  const whole = (id: string): string => join(folder, 'whole', `${id}.json`);
  const short = (id: string): string => join(folder, `${id}.json`);
  const list = async (): Promise<BuildSummary[]> => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
    const read = await Promise.all(names.map((name) => readJson(join(folder, name), buildSummary)));
    return read
      .flatMap((file) => (file.kind === 'read' ? [file.value] : []))
      .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  };
  const make = () => mkdir(join(folder, 'whole'), { recursive: true, mode: 0o700 });
  return {
    list,
    async add(record) {
      if (!named.test(record.id)) throw new Error(`no name for a file: ${record.id}`);
      await make();
      await writeJson(whole(record.id), record);
      await writeJson(short(record.id), buildSummary.parse(record));
      for (const { id } of (await list()).slice(keptBuilds)) {
        await rm(short(id), { force: true });
        await rm(whole(id), { force: true });
      }
    },
    async get(id) {
      if (!named.test(id)) return undefined;
      const file = await readJson(whole(id), buildRecord);
      return file.kind === 'read' ? file.value : undefined;
    },
    async onChange(listener) {
      await make();
      const watcher = watch(folder, (_event, name) => {
        if (name?.endsWith('.json') === true) listener();
      });
      watcher.on('error', () => {
        watcher.close();
      });
      return () => {
        watcher.close();
      };
    },
  };
}
