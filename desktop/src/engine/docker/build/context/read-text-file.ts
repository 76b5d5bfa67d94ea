import { readFile, stat } from 'node:fs/promises';
import { say } from '#kit/say.ts';

/** A pipe, a socket or a device where a file was expected. */
export class NoRegularFile extends Error {}

/** Reads a text. Throws the system's errors, and NoRegularFile: a device may have no end, and a pipe nobody who writes. */
export async function readTextFile(file: string): Promise<string> {
  const found = await stat(file);
  if (!found.isFile() && !found.isDirectory()) throw new NoRegularFile(say`${file} is a pipe, a socket or a device`);
  return readFile(file, 'utf8');
}
