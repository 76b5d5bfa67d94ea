import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { QuaysideError, role } from '#contract/index.ts';
import { readPrivateFile } from '../private-file.ts';
import { passwordHash } from './password.ts';

/** Lower case, so that nobody can be mistaken for somebody else by a capital. */
export const userName = z.string().regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/);

const account = z.object({ name: userName, role, password: passwordHash });
export type Account = z.infer<typeof account>;

const usersFile = z.object({ version: z.literal(1), users: z.array(account).max(1000) });

/** Who may sign in. Throws FILE_REFUSED where there is no such file, others could read or change it, or it is not understood. */
export async function readUsers(path: string): Promise<Account[]> {
  const ifMissing = `Make one: quayside users add NAME --role admin --users ${path}`;
  return parse(path, await readPrivateFile(path, { what: 'users file', ifMissing }));
}

/** Replaces the file as a whole; two changes at once do not overwrite each other. A file that is not there yet is made. */
export async function changeUsers(path: string, change: (users: Account[]) => Account[]): Promise<void> {
  const next = `${path}.new`;
  const file = await beginChange(next);
  try {
    const users = change(await readUsers(path).catch(noneYet));
    await file.writeFile(`${JSON.stringify({ version: 1, users }, null, 2)}\n`);
    await file.sync();
    await file.close();
    await rename(next, path);
  } catch (error) {
    await file.close();
    await rm(next, { force: true });
    throw error;
  }
}

function parse(path: string, text: string): Account[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const found = usersFile.safeParse(value);
  const names = found.data?.users.map(({ name }) => name) ?? [];
  if (found.success && new Set(names).size === names.length) return found.data.users;
  const where = found.error?.issues[0]?.path.join('.') ?? '';
  throw new QuaysideError('FILE_REFUSED', `The users file ${path} is not understood${where ? `, at ${where}` : ''}.`, {
    remedy: 'Change it with quayside users only. A newer Quayside may have written it.',
  });
}

function noneYet(error: unknown): Account[] {
  if (error instanceof QuaysideError && error.details?.['missing'] === true) return [];
  throw error;
}

async function beginChange(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new QuaysideError('OPERATION_BUSY', `The users file is being changed by somebody else: there is ${path}.`, {
      remedy: `Try again. If it stays, a change was cut off: remove ${path}.`,
      cause: error,
    });
  }
}
