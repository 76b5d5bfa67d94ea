import { watch } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  defaultSettings,
  type Problem,
  QuaysideError,
  type SettingsChange,
  type SettingsView,
  settings,
  toProblem,
} from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import { say } from '#kit/say.ts';
import { withFileLock } from './file-lock.ts';
import { type JsonFile, readJson, writeJson } from './json-file.ts';

const fileName = 'settings.json';
/** A file of another version is not guessed at: it is kept aside, and the defaults hold. */
const kept = z.object({ version: z.literal(1), settings });
type Kept = z.infer<typeof kept>;

/** What somebody has chosen for the panel, for every project and host of this account. Several processes may change it. */
export interface SettingsStore {
  /** Resolves when the change survives a crash. Throws FILE_UNWRITABLE, DISK_FULL. */
  set(change: SettingsChange): Promise<SettingsView>;
  /** Yields them now and whenever a process has changed them, until `signal` aborts. */
  watch(signal: AbortSignal): AsyncIterable<SettingsView>;
}

/** Settings in the state folder that `directory` finds or makes. */
export function createSettingsStore(directory: () => Promise<string>): SettingsStore {
  let last: Promise<unknown> = Promise.resolve();
  let setAside: Problem | undefined;
  async function read(folder: string): Promise<SettingsView> {
    const file = await readKept(join(folder, fileName));
    if (file.kind === 'corrupt') setAside = notUnderstood(file.keptAs);
    const found = file.kind === 'read' ? file.value.settings : defaultSettings;
    return { settings: found, ...(setAside === undefined ? {} : { problem: setAside }) };
  }
  const locked = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
    const folder = await directory();
    return withFileLock(join(folder, 'settings.lock'), () => work(folder));
  };
  return {
    set(change) {
      const next = last.then(() =>
        locked(async (folder) => {
          const before = await read(folder);
          const value: Kept = { version: 1, settings: { ...before.settings, ...change } };
          await writeJson(join(folder, fileName), value);
          return { ...before, settings: value.settings };
        }).catch((error: unknown) => {
          throw unwritable(error);
        }),
      );
      last = next.catch(() => undefined);
      return next;
    },
    async *watch(signal) {
      const bell = createBell();
      const folder = await directory();
      const end = ringOnChange(folder, bell.ring);
      try {
        while (!signal.aborted) {
          yield await read(folder).catch((error: unknown) => ({
            settings: defaultSettings,
            problem: unreadable(error),
          }));
          await bell.next(signal);
        }
      } finally {
        end();
      }
    },
  };
}

function readKept(path: string): Promise<JsonFile<Kept>> {
  return readJson(path, kept);
}

/** Where the system has no watch left to give, what others set is seen when the panel is opened anew. */
function ringOnChange(folder: string, ring: () => void): () => void {
  try {
    const watcher = watch(folder, (_event, name) => {
      if (name === fileName) ring();
    });
    const end = () => {
      watcher.close();
    };
    watcher.on('error', end);
    return end;
  } catch {
    return () => undefined;
  }
}

function notUnderstood(keptAs: string): Problem {
  return {
    code: 'SETTINGS_UNREADABLE',
    message: say`The settings that were kept are not understood, so the panel begins with those it came with.`,
    remedy: say`Choose again what you want otherwise. The old file is kept as ${keptAs}; a newer Quayside may have written it.`,
  };
}

function unreadable(error: unknown): Problem {
  return {
    code: 'SETTINGS_UNREADABLE',
    message: say`The settings cannot be read: ${toProblem(error).message}.`,
    remedy: say`Give yourself the right to read that file and its folder, or name another folder with QUAYSIDE_STATE_DIR.`,
  };
}

function unwritable(error: unknown): QuaysideError {
  const full = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return full
    ? new QuaysideError('DISK_FULL', say`The settings cannot be kept: no space is left on the disk.`, {
        remedy: say`Free some space, then choose again.`,
        cause: error,
      })
    : new QuaysideError('FILE_UNWRITABLE', say`The settings cannot be kept: ${toProblem(error).message}.`, {
        remedy: say`Give yourself the right to write there, or name another folder with QUAYSIDE_STATE_DIR.`,
        cause: error,
      });
}
