import { watch } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type ActivityCheck,
  type ActivityEntry,
  type ActivityPage,
  activityEntry,
  type activityQuery,
} from '#contract/index.ts';
import { withFileLock } from '../file-lock.ts';
import { readJson, writeJson } from '../json-file.ts';
import { type ChainHead, decodeLink, emptyChain, encodeLink } from './chain.ts';
import { verifyChain } from './verify.ts';

/** What a caller knows of an entry; the log gives it its number. */
export type NewActivity = Omit<ActivityEntry, 'seq'>;

/** An append-only log of what was done, in which a later change shows. Several processes may write to it. */
export interface ActivityLog {
  /** When this resolves, the entry survives a crash of the machine. */
  append(entry: NewActivity): Promise<void>;
  /** Newest first. */
  list(query: z.output<typeof activityQuery>): Promise<ActivityPage>;
  verify(): Promise<ActivityCheck>;
  /** Calls back when something was written, by whichever process. Returns the function that ends it. */
  onChange(listener: () => void): Promise<() => void>;
}

const current = 'activity.ndjson';
const headFile = 'activity-head.json';
const headSchema = z.object({ seq: z.number().int(), hash: z.string() });
/** A file that has grown to this size, in bytes, is closed and another begun; none is ever deleted. */
const maxFileSize = 4 * 1024 * 1024;

/** The log in a folder, which is made when something is written. `fileSize`: bytes after which another file is begun. */
export function createActivityLog(directory: string, fileSize = maxFileSize): ActivityLog {
  let last: Promise<void> = Promise.resolve();
  return {
    append(entry) {
      const next = last.then(() => appendLocked(directory, fileSize, entry));
      last = next.catch(() => undefined);
      return next;
    },
    list: (query) => list(directory, query),
    async verify() {
      const files: LogFile[] = [];
      for await (const file of newestFirst(directory)) files.unshift(file);
      return verifyChain(files, await readHead(directory));
    },
    async onChange(listener) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const watcher = watch(directory, (_event, name) => {
        if (name === current) listener();
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

async function appendLocked(directory: string, fileSize: number, entry: NewActivity): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await withFileLock(join(directory, 'activity.lock'), async () => {
    const head = await headOf(directory);
    await rotate(directory, fileSize, head);
    await append(directory, head, entry);
  });
}

async function append(directory: string, head: ChainHead, entry: NewActivity): Promise<void> {
  const { line, head: next } = encodeLink(head, entry);
  const file = await open(join(directory, current), 'a+', 0o600);
  try {
    const { size } = await file.stat();
    // A line that a crash cut off must not swallow this one.
    const cut = size > 0 && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString('latin1') !== '\n';
    await file.appendFile(cut ? `\n${line}` : line);
    await file.sync();
  } finally {
    await file.close();
  }
  await writeJson(join(directory, headFile), next);
}

/**
 * Where the chain has got to: the last whole line, or what was noted after it was written. Where lines are gone that were
 * noted, the chain goes on from the note, so that the gap stays in sight.
 */
async function headOf(directory: string): Promise<ChainHead> {
  const noted = await readHead(directory);
  for await (const { text } of newestFirst(directory)) {
    for (const line of text.split('\n').toReversed()) {
      const link = decodeLink(line);
      if (link) return noted && noted.seq >= link.seq ? noted : { seq: link.seq, hash: link.hash };
    }
  }
  return noted ?? emptyChain;
}

async function rotate(directory: string, fileSize: number, { seq }: ChainHead): Promise<void> {
  const path = join(directory, current);
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size >= fileSize) await rename(path, join(directory, `activity-${String(seq).padStart(12, '0')}.ndjson`));
}

async function readHead(directory: string): Promise<ChainHead | undefined> {
  const file = await readJson(join(directory, headFile), headSchema);
  return file.kind === 'read' ? file.value : undefined;
}

interface LogFile {
  readonly name: string;
  readonly text: string;
}

/** The files of the log, each read when it is asked for. */
async function* newestFirst(directory: string): AsyncGenerator<LogFile> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => /^activity-\d+\.ndjson$/.test(name)).sort();
  for (const name of [current, ...names.toReversed()]) {
    const text = await readFile(join(directory, name), 'utf8').catch(unlessMissing);
    if (text !== undefined) yield { name, text };
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

async function list(
  directory: string,
  { project, before = Number.POSITIVE_INFINITY, limit }: Parameters<ActivityLog['list']>[0],
): Promise<ActivityPage> {
  const entries: ActivityEntry[] = [];
  for await (const { text } of newestFirst(directory)) {
    for (const line of text.split('\n').toReversed()) {
      const entry = activityEntry.safeParse(decodeLink(line)?.entry).data;
      if (!entry || entry.seq >= before || (project !== undefined && entry.project !== project)) continue;
      if (entries.length === limit) return { entries, more: true };
      entries.push(entry);
    }
  }
  return { entries, more: false };
}
