import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Entry, entry, type Story, storiesOf } from './entries.ts';
import { appendEntry, readEntries } from './journal-file.ts';

/** The releases of one project on one engine, kept on this machine. */
export interface ReleaseStore {
  /** Oldest first. `damaged`: lines that could not be read. */
  read(): Promise<{ stories: Story[]; damaged: number }>;
  /** Durable when it resolves. */
  append(entry: Entry): Promise<void>;
}

/** `directory`: the folder for state. `endpoint`: the engine, for two of them may have projects of one name. */
export function createStore(directory: string, endpoint: string, project: string): ReleaseStore {
  const engine = createHash('sha256').update(endpoint).digest('hex').slice(0, 8);
  const path = join(directory, 'releases', `${project}-${engine}.jsonl`);
  return {
    async read() {
      const { entries, damaged } = await readEntries(path);
      const known = entries.map((one) => entry.safeParse(one));
      const unknown = known.filter(({ success }) => !success).length;
      return { stories: storiesOf(known.flatMap(({ data }) => data ?? [])), damaged: damaged + unknown };
    },
    append: (one) => appendEntry(path, one),
  };
}
