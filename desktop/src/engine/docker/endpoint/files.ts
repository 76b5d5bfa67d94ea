import { access, readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { say } from '#kit/say.ts';
import { systemCode } from '../errors.ts';
import { endpointError } from './failure.ts';

/** The text of a file, or undefined where there is none. Throws ENGINE_ENDPOINT where it cannot be read. */
export async function readIfThere(file: string, source: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw endpointError(say`${file} cannot be read: ${code}`, say`Make the file readable for you.`, source, error);
  }
}

/** A JSON file checked against its shape, or undefined where there is none. Throws ENGINE_ENDPOINT where it is broken. */
export async function readJsonIfThere<T>(file: string, schema: z.ZodType<T>, source: string): Promise<T | undefined> {
  const text = await readIfThere(file, source);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const remedy = say`Repair or remove the file, or name the engine with --host.`;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw endpointError(say`${file} is not what Docker writes there: ${reason}`, remedy, source, error);
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    // A socket that is there but not ours is still the one to complain about.
    return systemCode(error) === 'EACCES';
  }
}

/** Names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
