import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What a file of entries holds: all that can be read, and how many lines could not. */
export interface JournalContent {
  readonly entries: readonly unknown[];
  /** Lines that were cut off or changed. The last line of a crash is one. */
  readonly damaged: number;
}

const line = z.object({ v: z.literal(1), sum: z.string(), data: z.string() });

const sumOf = (data: string): string => createHash('sha256').update(data).digest('hex').slice(0, 16);

/** One entry as a line that shows by itself whether it is whole. */
export function encodeEntry(entry: unknown): string {
  const data = JSON.stringify(entry);
  return `${JSON.stringify({ v: 1, sum: sumOf(data), data })}\n`;
}

/** Reads lines made by {@link encodeEntry}. What is damaged is left out, wherever it stands; the rest is whole. */
export function decodeEntries(text: string): JournalContent {
  const entries: unknown[] = [];
  let damaged = 0;
  for (const one of text.split('\n')) {
    if (one.trim() === '') continue;
    const entry = decodeLine(one);
    if (entry) entries.push(entry.value);
    else damaged += 1;
  }
  return { entries, damaged };
}

function decodeLine(text: string): { value: unknown } | undefined {
  try {
    const { sum, data } = line.parse(JSON.parse(text));
    return sum === sumOf(data) ? { value: JSON.parse(data) } : undefined;
  } catch {
    return undefined;
  }
}

/** Appends an entry; when this resolves, it survives a crash of the machine. Readable by the owner only. */
export async function appendEntry(path: string, entry: unknown): Promise<void> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    // A line that a crash cut off must not swallow this one.
    const cut = size > 0 && (await lastByte(file, size)) !== '\n';
    await file.appendFile(`${cut ? '\n' : ''}${encodeEntry(entry)}`);
    await file.sync();
    if (size === 0) await syncDirectory(directory);
  } finally {
    await file.close();
  }
}

async function lastByte(file: Awaited<ReturnType<typeof open>>, size: number): Promise<string> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1');
}

/** The name of a new file is durable only when its folder is; Windows has no such call. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** All entries; none where there is no file. A damaged file is copied aside first, if there is room: going on only adds to it. */
export async function readEntries(path: string): Promise<JournalContent> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { entries: [], damaged: 0 };
    throw error;
  }
  const content = decodeEntries(text);
  if (content.damaged > 0) await copyFile(path, `${path}.damaged`).catch(() => undefined);
  return content;
}
