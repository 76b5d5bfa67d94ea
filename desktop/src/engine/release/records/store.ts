import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type Entry, entry, type Story, storiesOf } from './entries.ts';
import { appendEntry, readEntries } from './journal-file.ts';

/** The releases of one project on one engine, kept on this machine. */
export interface ReleaseStore {
  /** Oldest first. `damaged`: lines that could not be read. */
  read(): Promise<{ stories: Story[]; damaged: number }>;
  /** Durable when it resolves. Throws DISK_FULL, RELEASE_UNAVAILABLE where it may not be written. */
  append(entry: Entry): Promise<void>;
}

/** `directory`: the folder for state. `endpoint`: the engine, for two of them may have projects of one name. */
export function createStore(directory: string, endpoint: string, project: string): ReleaseStore {
  const engine = createHash('sha256').update(endpoint).digest('hex').slice(0, 8);
  const path = join(directory, 'releases', `${fileStem(project)}-${engine}.jsonl`);
  return {
    async read() {
      const { entries, damaged } = await readEntries(path);
      const known = entries.map((one) => entry.safeParse(one));
      const unknown = known.filter(({ success }) => !success).length;
      return { stories: storiesOf(known.flatMap(({ data }) => data ?? [])), damaged: damaged + unknown };
    },
    async append(one) {
      try {
        await appendEntry(path, one);
      } catch (error) {
        throw unwritable(error, dirname(path));
      }
    },
  };
}

/** Where the files are not here, the name of a project is whatever a label says: no path may come of it, nor a name that is too long. */
function fileStem(project: string): string {
  return /^[a-z0-9][a-z0-9_-]{0,199}$/.test(project)
    ? project
    : `label-${createHash('sha256').update(project).digest('hex').slice(0, 32)}`;
}

function unwritable(error: unknown, directory: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new QuaysideError(
      'DISK_FULL',
      say`The record of this release cannot be written: no room is left in ${directory}.`,
      {
        remedy: say`Make room there, and try again.`,
        cause: error,
      },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new QuaysideError(
      'RELEASE_UNAVAILABLE',
      say`The record of this release may not be written in ${directory}.`,
      {
        remedy: say`Give yourself the right to write there, or name another folder with QUAYSIDE_STATE_DIR.`,
        cause: error,
      },
    );
  }
  return error;
}
